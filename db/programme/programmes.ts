import type { Knex } from 'knex';
import { z } from 'zod';
import type { Answers } from '../../policies/need-to-know/answers.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import type { DateSpan } from '../../policies/core/time/spans.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { firstOf } from '../core/rows/first-of.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { day, whole } from '../core/rows/stored.js';
import { storedAnswer } from '../need-to-know/stored-answer.js';
import { storedType } from '../request/stored-request.js';

/**
 * Programmes: invitations to members. They approve nobody; each member who takes part makes a request of their own.
 */

export interface Programme {
  readonly id: string;
  /** Its place in the list. */
  readonly seq: number;
  readonly title: string;
  readonly observationTypes: readonly ObservationTypeKey[];
  readonly window: DateSpan;
  readonly places: number;
  /** How many requests of it are approved. */
  readonly taken: number;
  readonly draftAnswers: Answers;
  readonly openedAt: Date;
}

const storedProgramme = z.strictObject({
  id: z.string(),
  seq: whole,
  title: z.string(),
  observationTypes: z.array(storedType),
  window_from: day,
  window_to: day,
  places: whole,
  taken: whole,
  draftAnswers: z.partialRecord(z.enum(questionKeys), storedAnswer),
  openedAt: moment,
});

const columns = (db: Knex) =>
  db('programmes as p').select(
    'p.id',
    'p.seq',
    'p.title',
    'p.observation_types as observationTypes',
    'p.window_from',
    'p.window_to',
    'p.places',
    'p.draft_answers as draftAnswers',
    'p.opened_at as openedAt',
    db.raw(`(select count(*)::int from requests r join request_versions v
        on v.request_id = r.id and v.version = r.version
      where r.status = 'approved' and v.content \\? 'programme' and v.content->>'programme' = p.id::text)
      as taken`),
  );

const toProgramme = ({
  window_from: from,
  window_to: to,
  ...row
}: z.infer<typeof storedProgramme>): Programme => ({
  ...row,
  window: { from, to },
});

export const open = async (
  trx: Knex.Transaction,
  given: Pick<Programme, 'title' | 'observationTypes' | 'window' | 'places' | 'draftAnswers' | 'openedAt'> & {
    readonly personId: string;
  },
): Promise<string> => {
  const rows = await trx('programmes')
    .insert({
      title: given.title,
      observation_types: given.observationTypes,
      window_from: given.window.from,
      window_to: given.window.to,
      places: given.places,
      draft_answers: JSON.stringify(given.draftAnswers),
      opened_at: given.openedAt,
      person_id: given.personId,
    })
    .returning('id');
  return firstOf(rows).id;
};

/** The programme of that id; null if there is none. */
export const find = async (db: Knex, id: string): Promise<Programme | null> => {
  const [row] = await rowsOf(storedProgramme, columns(db).where('p.id', id));
  return row ? toProgramme(row) : null;
};

/** The same, locked until the transaction ends: two approvals do not take the last place together. */
export const lock = async (trx: Knex.Transaction, id: string): Promise<Programme | null> => {
  // Nothing of a programme is ever updated, and so the service may not; an advisory lock needs no right.
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`programme:${id}`]);
  return find(trx, id);
};

/** Programmes, newest first; constant cost at any depth. */
export const list = async (
  db: Knex,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Programme[]> => {
  const query = columns(db).orderBy('p.seq', 'desc').limit(limit);
  if (before !== undefined) void query.where('p.seq', '<', before);
  return (await rowsOf(storedProgramme, query)).map(toProgramme);
};
