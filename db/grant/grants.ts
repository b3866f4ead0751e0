import type { Knex } from 'knex';
import type { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import { grantAt, type GrantRecord, type VisitRecord } from '../../policies/grant/grant-record.js';
import type { Category } from '../../policies/core/category.js';
import type { DateSpan } from '../../policies/core/time/spans.js';
import type { Condition } from '../../policies/grant/condition.js';
import type { Grant } from '../../policies/grant/grant.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { planned, type Ask } from '../core/ask.js';
import { requestColumns } from '../request/request-columns.js';
import { prepared } from '../core/plans/prepared.js';
import { visible } from '../core/visible.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { asJson, storedAs } from '../core/rows/stored.js';
import { grantSelected } from './grant-columns.js';
import { storedGrant, toGrantRecord } from './stored-grant.js';

/** Makes the grant of an approved request, with its conditions, and answers with its id. */
export const insertGrant = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: {
    readonly signOffId: string;
    readonly window: DateSpan;
    readonly events: number;
    readonly categories: readonly Category[];
    readonly conditions: readonly Condition[];
    readonly at: Date;
  },
): Promise<string> => {
  const rows = await trx('grants')
    .insert({
      request_id: row.id,
      version: row.version,
      sign_off_id: given.signOffId,
      window_from: given.window.from,
      window_to: given.window.to,
      events: given.events,
      categories: given.categories,
      made_at: given.at,
    })
    .returning('id');
  const { id } = firstOf(rows);
  if (given.conditions.length > 0) {
    await trx('grant_conditions').insert(
      given.conditions.map((condition, position) => ({
        id: condition.id,
        grant_id: id,
        position,
        text: condition.text,
        owner: condition.owner,
        before: condition.before,
      })),
    );
  }
  return id;
};

const storedRow = storedAs(storedGrant);
const recordOf = ({ stored }: z.infer<typeof storedRow>): GrantRecord => toGrantRecord(stored);

/** @param narrow with the same text in every call of one kind: the text decides whether the stored plan is reused */
const load = async (
  db: Knex,
  ability: AppAbility,
  narrow: (query: Knex.QueryBuilder) => void,
  kind: 'Grant' | 'Visit' = 'Grant',
  ask: Ask = planned,
): Promise<GrantRecord[]> => {
  const query = db('grants as g')
    .join('requests as r', 'r.id', 'g.request_id')
    .select(db.raw(asJson(grantSelected)));
  narrow(query);
  const rows = await ask(storedRow, visible(query, ability, 'read', kind, requestColumns));
  return rows.map(recordOf);
};

/**
 * Every grant of a councillor that nobody has ended, oldest first: for events that affect all of them at once, so
 * without a check of who may read them.
 */
export const openRecordsOf = async (db: Knex, councillorId: string): Promise<GrantRecord[]> => {
  const rows = await rowsOf(storedRow, openGrants(db).where('r.councillor_id', councillorId));
  return rows.map(recordOf);
};

/** The same with those that ended by themselves: for a slip in the register on which an end may have rested. */
export const openOrLapsedRecordsOf = async (db: Knex, councillorId: string): Promise<GrantRecord[]> => {
  const rows = await rowsOf(
    storedRow,
    anyGrants(db)
      .where('r.councillor_id', councillorId)
      .whereRaw(`coalesce(g.ended_because, 'lapsed') = 'lapsed'`),
  );
  return rows.map(recordOf);
};

/**
 * The grants of this list that nobody has ended, in no order; like `openRecordsOf`, without a check of who may read
 * them.
 */
export const openRecordsAmong = async (db: Knex, ids: readonly string[]): Promise<GrantRecord[]> => {
  const rows = await rowsOf(storedRow, openGrants(db).whereRaw('g.id = any(?::uuid[])', [[...ids]]));
  return rows.map(recordOf);
};

/** Every grant of a councillor under which somebody attended with authority, ended or not, oldest first. */
export const attendedRecordsOf = async (db: Knex, councillorId: string): Promise<GrantRecord[]> => {
  const rows = await rowsOf(
    storedRow,
    anyGrants(db)
      .where('r.councillor_id', councillorId)
      .whereRaw('exists (select from attendances a where a.grant_id = g.id and a.authorised)'),
  );
  return rows.map(recordOf);
};

/** The records of these grants, without a check of who may read them. */
export const recordsById = async (
  db: Knex,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GrantRecord>> => {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf(storedRow, anyGrants(db).whereRaw('g.id = any(?::uuid[])', [[...ids]]));
  return new Map(rows.map(recordOf).map((record) => [record.id, record]));
};

/** Grants for the service's own work, without a check of who may read them. */
const anyGrants = (db: Knex) =>
  db('grants as g')
    .join('requests as r', 'r.id', 'g.request_id')
    .select(db.raw(asJson(grantSelected)))
    .orderBy('r.id');

/** Those that nobody has ended. */
const openGrants = (db: Knex) => anyGrants(db).whereNull('g.ended_at');

/**
 * Everything on record about a grant, from any time.
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const findRecord = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = planned,
): Promise<GrantRecord> => {
  const [record] = await load(db, ability, (query) => void query.where('g.id', id), 'Grant', ask);
  if (!record) throw new NotFound();
  return record;
};

const grantOfVisit = 'g.id = (select v.grant_id from visits v where v.id = ?)';

/** The record of the grant that a visit belongs to, and the visit. @throws NotFound as `findRecord` */
export const findVisit = async (
  db: Knex,
  ability: AppAbility,
  id: string,
): Promise<{ readonly record: GrantRecord; readonly visit: VisitRecord }> => {
  const [record] = await load(db, ability, (query) => void query.whereRaw(grantOfVisit, [id]), 'Visit');
  const visit = record?.visits.find((each) => each.id === id);
  if (!record || !visit) throw new NotFound();
  return { record, visit };
};

/**
 * Locks the councillor, then request and grant, until the transaction ends: the one who comes second sees the
 * first. The councillor's row comes first because one incident freezes every grant of theirs: all that
 * happens to the grants of one councillor stands in one queue, in which nobody can wait in a circle.
 *
 * One statement: each lock asks whether the one before is held, and so waits for it. What stands in the rows is for
 * the next statement to read, which sees what a rival has committed meanwhile.
 * @param found the grant's `id`, its `request_id` and `councillor_id`; where it finds nothing, nothing is locked
 */
const lockRows = async (trx: Knex.Transaction, found: Knex.QueryBuilder): Promise<void> => {
  await prepared(
    trx.raw(
      `with found as materialized (?),
        first as materialized (select c.id from councillors c
          where c.id = (select councillor_id from found) for no key update),
        second as materialized (select r.id from requests r
          where r.id = (select request_id from found) and (select count(*) from first) = 1 for no key update),
        third as materialized (select g.id from grants g
          where g.id = (select id from found) and (select count(*) from second) = 1 for no key update)
      select count(*) from third`,
      [found],
    ),
  );
};

/** A grant with whose it is, for `lockRows`. */
const whose = (db: Knex): Knex.QueryBuilder =>
  db('grants as g')
    .join('requests as r', 'r.id', 'g.request_id')
    .select('g.id', 'g.request_id', 'r.councillor_id');

/** As `lockRows`, by the reference of a request that this person may read; of one without a grant, no grant. */
export const lockGrantOfCase = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  reference: string,
): Promise<void> => {
  const found = trx('requests as r')
    .leftJoin('grants as g', 'g.request_id', 'r.id')
    .where('r.reference', reference)
    .select('g.id', 'r.id as request_id', 'r.councillor_id');
  await lockRows(trx, visible(found, ability, 'read', 'Request', requestColumns));
};

/** Locks the councillor of a request; nobody where there is none. */
export const lockCouncillorOf = async (trx: Knex.Transaction, reference: string): Promise<void> => {
  await trx.raw(
    'select from councillors c where c.id = (select councillor_id from requests where reference = ?) for no key update',
    [reference],
  );
};

/** Locks a councillor, as `lockRows` does first: before all of their grants are looked at together. */
export const lockGrantsOf = async (trx: Knex.Transaction, councillorId: string): Promise<void> => {
  await trx('councillors').where({ id: councillorId }).forNoKeyUpdate().select('id');
};

/** As `findRecord`, with the councillor, the request and the grant locked. @throws NotFound */
export const lockRecord = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<GrantRecord> => {
  // Who may not read it locks nothing.
  await lockRows(trx, visible(whose(trx).where('g.id', id), ability, 'read', 'Grant', requestColumns));
  return findRecord(trx, ability, id);
};

/**
 * Like `lockRecord`, for the service itself, which may read everything; null if the grant has ended in the meantime.
 */
export const lockOpenRecord = async (trx: Knex.Transaction, id: string): Promise<GrantRecord | null> => {
  await lockRows(trx, whose(trx).where('g.id', id));
  const rows = await rowsOf(storedRow, openGrants(trx).where('g.id', id));
  return rows[0] ? recordOf(rows[0]) : null;
};

/** As `findVisit`, with the councillor, the request and the grant of the visit locked. @throws NotFound */
export const lockVisit = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<{ readonly record: GrantRecord; readonly visit: VisitRecord }> => {
  const found = whose(trx).whereRaw(grantOfVisit, [id]);
  await lockRows(trx, visible(found, ability, 'read', 'Visit', requestColumns));
  return findVisit(trx, ability, id);
};

/** Locks the councillor, the request and the grant of the visit that a question is about, where it may be read. */
export const lockAskedAbout = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  questionId: string,
): Promise<void> => {
  const found = whose(trx).whereRaw(
    `g.id = (select v.grant_id from visits v join visit_questions q on q.visit_id = v.id where q.id = ?)`,
    [questionId],
  );
  await lockRows(trx, visible(found, ability, 'read', 'Visit', requestColumns));
};

/**
 * The grant with the facts that its limits depend on, as they stand at that moment.
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const findGrant = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  now: Date,
  ask: Ask = planned,
): Promise<Grant> => grantAt(await findRecord(db, ability, id, ask), now);
