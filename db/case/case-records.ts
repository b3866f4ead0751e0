import type { Knex } from 'knex';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { CaseRecord } from '../../policies/case/case-record.js';
import type { KnownEntry } from '../audit/append.js';
import { z } from 'zod';
import { compile, keptForAbilities, perform, type Compiled } from '../core/plans/compiled.js';
import { performRecorded, recordedSql } from '../core/recorded.js';
import { visible } from '../core/visible.js';
import { requestColumns } from '../request/request-columns.js';
import { caseSelected } from './case-columns.js';
import { toCaseRecord } from './to-case-record.js';

/** The request for papers that this one opened, or the one that opened it, of those that this person may read. */
const linkedTo = (db: Knex, ability: AppAbility): Knex.QueryBuilder =>
  visible(
    db('requests as r')
      .whereRaw('(r.opened_by = found.id or r.id = found.opened_by)')
      .select(
        db.raw(
          `json_build_object('reference', r.reference, 'observationType', r.observation_type, 'status', r.status)`,
        ),
      )
      .orderBy('r.id'),
    ability,
    'read',
    'Request',
    requestColumns,
  );

/** For a stage of a child's journey: the request that continues it, of those that this person may read. */
const continuedBy = (db: Knex, ability: AppAbility): Knex.QueryBuilder =>
  visible(
    db('requests as r')
      .whereRaw(
        `found.observation_type = 'childs_journey' and exists (select from request_versions v
          where v.request_id = r.id and v.version = r.version
            and v.content \\? 'continues' and v.content->>'continues' = found.reference)`,
      )
      .whereIn('r.status', ['draft', 'submitted', 'returned', 'approved'])
      .orderByRaw(`(r.status = 'draft'), r.id desc`)
      .limit(1)
      .select('r.reference'),
    ability,
    'read',
    'Request',
    requestColumns,
  );

/** The request of that reference, where this person may read it, with everything on record as JSON. */
const caseOf = (
  db: Knex,
  ability: AppAbility,
  reference: string,
  action: 'read' | 'read_assessment' = 'read',
): Knex.QueryBuilder => {
  const asked = db('requests as r').where('r.reference', reference).select('r.*');
  // Who may read a part of it and not the whole reads neither.
  const found = ['read', ...(action === 'read' ? [] : [action])].reduce(
    (query, each) => visible(query, ability, each, 'Request', requestColumns),
    asked,
  );
  return db
    .from(found.as('r'))
    .joinRaw('cross join lateral (select r.id, r.reference, r.opened_by, r.observation_type) as found')
    .select(
      db.raw(
        `(select to_json(kept) from (select ${caseSelected}, array(?) as linked, (?) as continued_by) as kept) as stored`,
        [linkedTo(db, ability), continuedBy(db, ability)],
      ),
      'r.version',
    );
};

/** Stands for the reference while the statement is compiled: no request has it. */
const anyReference = 'OBS-0000-0000';

interface CaseStatements {
  readonly find: Compiled;
  readonly lock: Compiled;
  readonly read: Compiled;
  /** Of `find`, and the first ones of `read`; `anyReference` in the place of the reference. */
  readonly bindings: readonly unknown[];
  readonly lockBindings: readonly unknown[];
}

type ReadAction = 'read' | 'read_assessment';

/** What the entry of a reading has from the row. */
const filled = { version: 'shown.version' };

const onceFor = keptForAbilities<CaseStatements>();

const statementsFor = (db: Knex, ability: AppAbility, action: ReadAction): CaseStatements =>
  onceFor(ability, `case:${action}`, () => {
    const { sql, bindings } = caseOf(db, ability, anyReference, action).toSQL();
    const lock = visible(
      db('requests as r').select('r.id').where('r.reference', anyReference).forNoKeyUpdate('r'),
      ability,
      'read',
      'Request',
      requestColumns,
    ).toSQL();
    return {
      find: compile(sql),
      read: compile(recordedSql(sql, filled)),
      bindings,
      lock: compile(lock.sql),
      lockBindings: lock.bindings,
    };
  });

const about = (bindings: readonly unknown[], reference: string): unknown[] =>
  bindings.map((value) => (value === anyReference ? reference : value));

/** A row of one column: the case as JSON. */
const stored = z.object({ stored: z.unknown() });

const recordIn = (rows: readonly unknown[]): CaseRecord => {
  if (rows.length === 0) throw new NotFound();
  return toCaseRecord(stored.parse(rows[0]).stored);
};

/**
 * The record of the request of that reference, for a command that holds its lock.
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const findCase = async (db: Knex, ability: AppAbility, reference: string): Promise<CaseRecord> => {
  const { find, bindings } = statementsFor(db, ability, 'read');
  return recordIn(await perform(db, find, about(bindings, reference)));
};

/**
 * The same, with the request locked until the transaction ends. The lock is a statement of its own: in one with the
 * file, READ COMMITTED would give the new row beside the old seats after waiting for a rival.
 * @throws NotFound as `findCase`
 */
export const lockCase = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  reference: string,
): Promise<CaseRecord> => {
  const { lock, lockBindings } = statementsFor(trx, ability, 'read');
  await perform(trx, lock, about(lockBindings, reference));
  return findCase(trx, ability, reference);
};

/**
 * The same for a reader: the same statement records the reading, with the version that was read.
 * @param action what the person asks to read of it: a person who reads the request but not its test gets the answer
 *   for a missing one
 * @throws NotFound like `findCase`, with nothing recorded; NotRecorded
 */
export const readCase = async (
  db: Knex,
  ability: AppAbility,
  reference: string,
  entry: KnownEntry,
  action: ReadAction = 'read',
): Promise<CaseRecord> => {
  const { read, bindings } = statementsFor(db, ability, action);
  return recordIn(await performRecorded(db, read, about(bindings, reference), { entry, filled }));
};
