import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import {
  capacities,
  decidingOffices,
  type Capacity,
  type DecidingOffice,
} from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { planned, type Ask } from '../core/ask.js';

import type { Confirmation } from '../../policies/decision/meeting.js';
import { asJsonList, day, instant, whole } from '../core/rows/stored.js';
import { visible } from '../core/visible.js';
import { confirmationsOf, storedConfirmation } from './stored-meeting.js';
import { requestColumns } from '../request/request-columns.js';

/** One contribution to the discussion, or the note of a meeting. */
export interface DiscussionEntry {
  readonly id: string;
  /** The order in which it was said. */
  readonly seq: number;
  readonly version: number;
  readonly personId: string;
  readonly by: string;
  readonly office: DecidingOffice;
  readonly capacity: Capacity;
  readonly at: Date;
  readonly text: string;
  /** Advice that Legal or the Monitoring Officer marked as privileged. */
  readonly privileged: boolean;
  readonly meetingDate: string | null;
  readonly present: readonly DecidingOffice[] | null;
  /** What the offices said of being there; none of an entry that is no meeting. */
  readonly confirmations: readonly Confirmation[];
}

/** One contribution as one jsonb value. */
const storedEntry: z.ZodType<DiscussionEntry> = z.strictObject({
  id: z.string(),
  seq: whole,
  version: whole,
  personId: z.string(),
  by: z.string(),
  office: z.enum(decidingOffices),
  capacity: z.enum(capacities),
  at: instant,
  text: z.string(),
  privileged: z.boolean(),
  meetingDate: day.nullable(),
  present: z.array(z.enum(decidingOffices)).nullable(),
  confirmations: z.array(storedConfirmation),
});

/** The discussion of a request, as far as somebody may read it. */
const readableDiscussion = z.strictObject({
  /** Whether privileged advice is among it. A column that an entry on the trail can say. */
  advice: z.boolean(),
  entries: z.array(storedEntry),
});

/** Where the entries go on: after that `seq`. */
export interface DiscussionPage {
  readonly limit: number;
  readonly after?: number | undefined;
}

/**
 * The discussion of every version, oldest first; privileged advice only for those who may read it. Never use it for
 * an export.
 * @throws NotFound if the request does not exist, or this person may not read its discussion
 */
export const findDiscussion = async (
  db: Knex,
  ability: AppAbility,
  reference: string,
  { limit, after }: DiscussionPage,
  ask: Ask = planned,
): Promise<DiscussionEntry[]> => {
  const readable = (action: string, query: Knex.QueryBuilder): Knex.QueryBuilder =>
    visible(query, ability, action, 'Request', requestColumns);
  const found = readable(
    'read',
    readable('read_discussion', db('requests as r').where('r.reference', reference).select('r.id')),
  );
  const advice = readable('read_advice', db('requests as r').whereRaw('r.id = found.id').select(db.raw('1')));
  const entries = db('discussion as d')
    .join('people as p', 'p.id', 'd.person_id')
    .whereRaw('d.request_id = told.id and (told.advice or not d.privileged)')
    .orderBy('d.seq')
    .limit(limit)
    .select(
      'd.id',
      'd.seq',
      'd.version',
      'd.person_id as personId',
      'p.name as by',
      'd.office',
      'd.capacity',
      'd.at',
      'd.text',
      'd.privileged',
      'd.meeting_date as meetingDate',
      'd.present',
      db.raw(`${confirmationsOf('d')} as confirmations`),
    );
  if (after !== undefined) void entries.where('d.seq', '>', after);
  const query = db
    .with('found', found)
    .with('told', db.from('found').select('found.id', db.raw('exists (?) as advice', [advice])))
    .from('told')
    .select('told.advice', db.raw('? as entries', [asJsonList(db, entries)]));
  const [row] = await ask(readableDiscussion, query);
  if (!row) throw new NotFound();
  return row.entries;
};

/** Adds a contribution or the note of a meeting to the current version. */
export const addingEntry = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  entry: Omit<DiscussionEntry, 'id' | 'seq' | 'version' | 'by' | 'confirmations'>,
): Knex.QueryBuilder =>
  trx('discussion').insert({
    request_id: row.id,
    version: row.version,
    person_id: entry.personId,
    office: entry.office,
    capacity: entry.capacity,
    at: entry.at,
    text: entry.text,
    privileged: entry.privileged,
    meeting_date: entry.meetingDate,
    present: entry.present,
  });

/** Writes whether an office was at a meeting: once, as the database holds too. */
export const addingConfirmation = (
  trx: Knex.Transaction,
  entryId: string,
  given: {
    readonly office: DecidingOffice;
    readonly wasThere: boolean;
    readonly personId: string;
    readonly capacity: Capacity;
    readonly at: Date;
  },
): Knex.QueryBuilder =>
  trx('meeting_confirmations').insert({
    entry_id: entryId,
    office: given.office,
    was_there: given.wasThere,
    person_id: given.personId,
    capacity: given.capacity,
    at: given.at,
  });
