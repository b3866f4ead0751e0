import type { Knex } from 'knex';
import { z } from 'zod';
import {
  conflictOutcomes,
  conflictStatuses,
  type ConflictOutcome,
  type RecordedConflict,
} from '../../policies/conflict/conflict.js';
import { conflictKinds, type Conflicted, type ConflictKind } from '../../policies/core/conflict.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { AppAbility } from '../../policies/permission/ability.js';
import { plainly, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { idOnly, moment, rowsOf } from '../core/rows/rows-of.js';
import { instant, listed, whole } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';
import { countedOf, storedCounted } from '../correction/stored-correction.js';
import { nameOf } from '../people/name-of.js';
import { peopleCalled } from '../people/people.js';

/** Something that was done about it, with reasons. */
const done = z.strictObject({
  at: instant,
  by: z.string(),
  reasons: z.string().nullable(),
  authority: z.string().nullable(),
});

/** The columns of `selected`, by their names. */
const storedConflict = z.strictObject({
  id: z.string(),
  seq: whole,
  personId: z.string(),
  person: z.string(),
  recordedBy: z.string().nullable(),
  recorder: z.string().nullable(),
  recordedAt: moment,
  ofMonitoringOfficer: z.boolean(),
  status: z.enum(conflictStatuses),
  nature: z.enum(conflictKinds),
  councillor: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  reference: z.string().nullable(),
  reasons: z.string().nullable(),
  authority: z.string().nullable(),
  contested: z.strictObject({ at: instant, reasons: z.string() }).nullable(),
  settled: z.strictObject({ ...done.shape, outcome: z.enum(conflictOutcomes) }).nullable(),
  ended: done.nullable(),
  corrections: z.array(storedCounted),
});

/** A recorded conflict as it is on record, with its place in the list. */
export type ConflictRow = RecordedConflict & z.infer<typeof storedConflict>;

const columns: Columns = { personId: 'c.person_id' };

const of = (what: 'settle' | 'end', past: 'settled' | 'ended', more = ''): string =>
  `case when c.${past}_at is not null then jsonb_build_object('at', c.${past}_at,
    'by', ${nameOf(`c.${past}_by`)}, 'reasons', c.${what}_reasons,
    'authority', c.${what}_authority${more}) end as ${past}`;

const selected = `c.id, c.seq, c.person_id as "personId", ${nameOf('c.person_id')} as person,
  c.recorded_by as "recordedBy", ${nameOf('c.recorded_by')} as recorder,
  c.recorded_at as "recordedAt", is_monitoring_officer(c.person_id, ?::date) as "ofMonitoringOfficer",
  case when c.ended_at is not null then 'ended' when c.settled_at is not null then 'upheld'
    when c.contested_at is not null then 'contested' else 'recorded' end as status,
  c.kind as nature, (select jsonb_build_object('id', m.id, 'name', m.name) from councillors m
    where m.id = c.councillor_id) as councillor, c.reference, c.reasons, c.authority,
  case when c.contested_at is not null then
    jsonb_build_object('at', c.contested_at, 'reasons', c.contest_reasons) end as contested,
  ${of('settle', 'settled', `, 'outcome', c.settled_outcome`)}, ${of('end', 'ended')},
  ${listed(
    `json_build_object(${countedOf('k')})`,
    `corrections k where k.of_kind = 'conflict' and k.of_id = c.id::text and k.status = 'counts'`,
    'k.seq',
  )} as corrections`;

const load = async (
  db: Knex,
  today: string,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ask: Ask,
): Promise<ConflictRow[]> => {
  const query = db('conflicts as c').select(db.raw(selected, [today]));
  const rows = await ask(storedConflict, narrow(query));
  return rows.map((row) => ({ kind: 'RecordedConflict', ...row }));
};

/** Who reads, and the day. */
export interface Reader {
  readonly ability: AppAbility;
  /** `YYYY-MM-DD` in London. */
  readonly today: string;
}

/** The conflicts that this person may read, the last recorded first, of before the one of `before`. */
export const listConflicts = (
  db: Knex,
  { ability, today }: Reader,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ask: Ask = plainly,
): Promise<ConflictRow[]> =>
  load(
    db,
    today,
    (query) => {
      void query.orderBy('c.seq', 'desc').limit(limit);
      if (before !== undefined) void query.where('c.seq', '<', before);
      return visible(query, ability, 'read', 'RecordedConflict', columns);
    },
    ask,
  );

/** One conflict, if this person may read it. @throws NotFound */
export const findConflict = async (
  db: Knex,
  { ability, today }: Reader,
  id: string,
  ask: Ask = plainly,
): Promise<ConflictRow> => {
  const [found] = await load(
    db,
    today,
    (query) => visible(query.where('c.id', id), ability, 'read', 'RecordedConflict', columns),
    ask,
  );
  if (!found) throw new NotFound();
  return found;
};

/** The same, locked until the transaction ends. @throws NotFound */
export const lockConflict = (trx: Knex.Transaction, reader: Reader, id: string): Promise<ConflictRow> =>
  findConflict(trx, reader, id, (row, query) => rowsOf(row, query.forNoKeyUpdate('c')));

/** Under what the trail records what is done about it, without asking who may read it; null where there is none. */
export const subjectOfConflict = async (
  db: Knex,
  id: string,
): Promise<{ readonly reference: string | null; readonly councillorId: string | null } | null> => {
  const found = await db('conflicts')
    .where({ id })
    .first({ reference: 'reference', councillorId: 'councillor_id' });
  return found ?? null;
};

interface Done {
  readonly at: Date;
  readonly by: string;
}

/** @returns its id */
export const insertConflict = async (
  trx: Knex.Transaction,
  conflict: {
    readonly personId: string;
    readonly nature: ConflictKind;
    readonly councillorId: string | null;
    readonly reference: string | null;
    readonly reasons: string | null;
    readonly authority: string | null;
  },
  { at, by }: Done,
): Promise<string> => {
  const rows = await rowsOf(
    idOnly,
    trx('conflicts')
      .insert({
        person_id: conflict.personId,
        kind: conflict.nature,
        councillor_id: conflict.councillorId,
        reference: conflict.reference,
        reasons: conflict.reasons,
        authority: conflict.authority,
        recorded_at: at,
        recorded_by: by,
      })
      .returning('id'),
  );
  return firstOf(rows).id;
};

/** The person whose conflict it is contests it. */
export const contestConflict = async (
  trx: Knex.Transaction,
  id: string,
  { at, reasons }: { readonly at: Date; readonly reasons: string },
): Promise<void> => {
  await trx('conflicts').where({ id }).update({ contested_at: at, contest_reasons: reasons });
};

interface Said extends Done {
  readonly reasons: string;
  readonly authority: string | null;
}

/** Settles a contested one: it is upheld, or it ends with that. */
export const settleConflict = async (
  trx: Knex.Transaction,
  id: string,
  { at, by, reasons, authority, outcome }: Said & { readonly outcome: ConflictOutcome },
): Promise<void> => {
  await trx('conflicts')
    .where({ id })
    .update({
      settled_at: at,
      settled_by: by,
      settled_outcome: outcome,
      settle_reasons: reasons,
      settle_authority: authority,
      ...(outcome === 'ended' ? { ended_at: at, ended_by: by } : {}),
    });
};

export const endConflict = async (
  trx: Knex.Transaction,
  id: string,
  { at, by, reasons, authority }: Said,
): Promise<void> => {
  await trx('conflicts')
    .where({ id })
    .update({ ended_at: at, ended_by: by, end_reasons: reasons, end_authority: authority });
};

/** The person of that id or e-mail address, if not suspended; null if there is no such person. */
export const whoseConflict = async (
  db: Knex,
  idOrEmail: string,
  today: string,
): Promise<Pick<RecordedConflict, 'ofMonitoringOfficer' | 'personId'> | null> => {
  const [found] = await rowsOf(
    z.strictObject({ personId: z.string(), ofMonitoringOfficer: z.boolean() }),
    peopleCalled(db, idOrEmail).select(
      'p.id as personId',
      db.raw('is_monitoring_officer(p.id, ?::date) as "ofMonitoringOfficer"', [today]),
    ),
  );
  return found ?? null;
};

/** What the deadline of a contested conflict is worked out from. */
const storedContested = z.strictObject({
  id: z.string(),
  personId: z.string(),
  recordedBy: z.string().nullable(),
  ofMonitoringOfficer: z.boolean(),
  contestedAt: moment,
});

/** The conflicts that are contested and not settled. */
export const contestedConflicts = (db: Knex, today: string): Promise<z.infer<typeof storedContested>[]> =>
  rowsOf(
    storedContested,
    db('conflicts as c')
      .whereNotNull('c.contested_at')
      .whereNull('c.settled_at')
      .whereNull('c.ended_at')
      .orderBy('c.seq')
      .select(
        { id: 'c.id', personId: 'c.person_id', recordedBy: 'c.recorded_by', contestedAt: 'c.contested_at' },
        db.raw('is_monitoring_officer(c.person_id, ?::date) as "ofMonitoringOfficer"', [today]),
      ),
  );

/** Who has a conflict with a councillor that has not ended, whatever it is about. */
export const conflictsWith = async (db: Knex, councillorId: string): Promise<Conflicted[]> => {
  const rows = await db('conflicts')
    .where({ councillor_id: councillorId })
    .whereNull('ended_at')
    .select({ personId: 'person_id', kind: 'kind' });
  return rows;
};
