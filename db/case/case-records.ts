import type { Knex } from 'knex';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { CaseRecord } from '../../policies/case/case-record.js';
import type { KnownEntry } from '../audit/append.js';
import { z } from 'zod';
import { compile, keptForAbilities, perform, type Compiled } from '../core/plans/compiled.js';
import { performRecorded, recordedSql } from '../core/recorded.js';
import { visible } from '../core/visible.js';
import { grantSelected } from '../grant/grant-columns.js';
import { councillorColumns } from '../register/councillors.js';
import { requestColumns, requestSelected } from '../request/request-columns.js';
import { toCaseRecord } from './stored-case.js';
import { signOffSelected } from '../decision/stored-sign-off.js';

/**
 * Everything on record about one request, in one statement: rules, commands and presenters ask the database nothing
 * else about it. The statement (for other requests) or the presenter leaves out what a reader may not know of.
 */

const listOf = (fields: string, from: string, order = ''): string =>
  `coalesce((select json_agg(json_build_object(${fields})${order && ` order by ${order}`}) from ${from}), '[]')`;

const one = (columns: string, from: string): string =>
  `(select to_json(kept) from (select ${columns} from ${from}) as kept)`;

const signOffs = listOf(
  signOffSelected,
  `sign_offs s join people p on p.id = s.person_id left join people d on d.id = s.deputy_for
    where s.request_id = r.id`,
  's.seq',
);

const given = listOf(
  `'question', a.question, 'answer', a.answer, 'reason', a.reason, 'confirmed', a.confirmed, 'by', p.name,
    'office', a.office, 'capacity', a.capacity, 'at', a.at`,
  'answers a join people p on p.id = a.person_id where a.request_id = r.id and a.version = r.version',
);

const reviews = listOf(
  `'version', v.version, 'reasons', v.reasons, 'askedAt', v.asked_at, 'outcome', v.outcome,
    'decisionReasons', v.decision_reasons, 'decidedAt', v.decided_at,
    'by', case when p.name is not null and v.capacity is not null then
      json_build_object('name', p.name, 'capacity', v.capacity, 'deputyFor', d.name) end`,
  `reviews v left join people p on p.id = v.decided_by left join people d on d.id = v.deputy_for
    where v.request_id = r.id`,
  'v.version',
);

const selected = `
  ${one(requestSelected, '(select) as nothing')} as request,
  ${listOf(`'version', v.version, 'at', v.created_at`, 'request_versions v where v.request_id = r.id', 'v.version')} as versions,
  ${listOf(
    `'version', t.version, 'questions', t.questions, 'office', t.office, 'by', p.name,
      'returnedAt', t.returned_at, 'resubmittedAt', t.resubmitted_at`,
    'request_returns t join people p on p.id = t.person_id where t.request_id = r.id',
    't.returned_at',
  )} as returns,
  ${signOffs} as sign_offs,
  ${given} as given,
  ${listOf(
    `'personId', d.person_id, 'office', d.office, 'present', d.present`,
    'discussion d where d.request_id = r.id and d.version = r.version',
  )} as spoken,
  ${one(councillorColumns, 'councillors c where c.id = r.councillor_id')} as councillor,
  ${listOf(`'at', p.in_force_from, 'value', p.version`, 'protocol_versions p', 'p.version')} as protocols,
  (select json_build_object('draftAnswers', p.draft_answers) from programmes p
    join request_versions v on v.content->>'programme' = p.id::text
    where v.request_id = r.id and v.version = r.version) as programme,
  ${one(grantSelected, 'grants g where g.request_id = r.id')} as grant,
  ${listOf(
    `'version', s.version, 'right', s.right_given, 'due', s.due_on, 'recordedAt', s.recorded_at`,
    'statutory_rights s where s.request_id = r.id',
    's.seq',
  )} as rights,
  ${listOf(
    `'id', l.id, 'version', l.version, 'category', l.category, 'releasedAt', l.released_at,
      'returnedAt', l.returned_at, 'authorised', l.authorised`,
    'releases l where l.request_id = r.id',
    'l.seq',
  )} as releases,
  ${reviews} as reviews,
  ${listOf(
    `'office', n.office, 'name', p.name, 'namedBy', n.named_by, 'authority', n.authority, 'at', n.recorded_at`,
    'named_people n join people p on p.id = n.person_id where n.request_id = r.id',
    'n.seq',
  )} as named,
  ${listOf(
    `'version', d.version, 'body', d.body, 'date', d.given_on, 'minute', d.minute, 'at', d.recorded_at`,
    'directions d where d.request_id = r.id',
    'd.version',
  )} as directions,
  (select min(m.sent_at) from messages m where m.reference = r.reference and m.kind = 'request_received')
    as acknowledged_at,
  ${listOf(
    `'what', d.what, 'was', d.was, 'became', d.became, 'because', d.because, 'at', d.at`,
    'deadline_moves d where d.request_id = r.id',
    'd.seq',
  )} as moves`;

/** The request for papers that this one opened, or the one that opened it, of those that this person may read. */
const linkedTo = (db: Knex, ability: AppAbility): Knex.QueryBuilder =>
  visible(
    db('requests as r')
      .whereRaw('(r.opened_by = found.id or r.id = found.opened_by)')
      .select(
        db.raw(
          `coalesce(json_agg(json_build_object('reference', r.reference, 'observationType', r.observation_type,
            'status', r.status) order by r.id), '[]')`,
        ),
      ),
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
  const asked = db('requests as r')
    .where('r.reference', reference)
    .select('r.id', 'r.reference', 'r.opened_by', 'r.observation_type', 'r.version');
  // Who may read a part of it and not the whole reads neither.
  const found = ['read', ...(action === 'read' ? [] : [action])].reduce(
    (query, each) => visible(query, ability, each, 'Request', requestColumns),
    asked,
  );
  return db
    .with('found', found)
    .from('found')
    .select(
      db.raw(
        `(select to_json(kept) from (select ${selected}, (?) as linked, (?) as continued_by
          from requests r where r.id = found.id) as kept) as stored`,
        [linkedTo(db, ability), continuedBy(db, ability)],
      ),
      db.raw('found.version'),
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
