/** A visit with everything on record about it: its grant, and the questions after it. One statement each. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Counted } from '../../policies/correction/correction.js';
import type { GrantRecord, VisitRecord } from '../../policies/grant/grant-record.js';
import type { Attendance } from '../../policies/visit/attended.js';
import { planned, type Ask } from '../core/ask.js';
import { asJsonList, instant, listed } from '../core/rows/stored.js';
import { visible } from '../core/visible.js';
import { countedSelected, storedCounted } from '../correction/stored-correction.js';
import { grantSelected } from '../grant/grant-columns.js';
import { storedConfirmation, storedGrant, toGrantRecord } from '../grant/stored-grant.js';
import { requestColumns } from '../request/request-columns.js';
import { questionIn, questionsAsked, type VisitQuestion } from '../question/visit-questions.js';
import { listedColumns, visitsListed, type AfterVisit, type ListedVisit } from './visits.js';

/** A visit, its grant and its questions, oldest first; and what was corrected of it. */
export interface VisitOnRecord {
  readonly record: GrantRecord;
  readonly visit: VisitRecord;
  readonly questions: readonly VisitQuestion[];
  readonly corrections: readonly Counted[];
  /** What the councillor said to the record before it was corrected. */
  readonly saidBefore: readonly NonNullable<Attendance['confirmation']>[];
}

/** One line: the grant as jsonb, unless a line before it has the same grant, and the questions. */
const storedVisit = z.strictObject({
  ...listedColumns,
  stored: storedGrant.nullable(),
  questions: z.array(questionIn(instant)),
  corrections: z.array(storedCounted),
  saidBefore: z.array(storedConfirmation),
});

/** @param records of the grants that were read before this line */
const onRecord = (row: z.infer<typeof storedVisit>, records: Map<string, GrantRecord>): VisitOnRecord => {
  if (row.stored !== null) records.set(row.grantId, toGrantRecord(row.stored));
  const record = records.get(row.grantId);
  const visit = record?.visits.find(({ id }) => id === row.id);
  if (!record || !visit) throw new Error('A visit has no grant on record.');
  const { questions, corrections, saidBefore } = row;
  return { record, visit, questions, corrections, saidBefore };
};

const corrected = listed(
  `json_build_object(${countedSelected})`,
  `corrections c where c.visit_id = v.id and c.status = 'counts'`,
  'c.seq',
);

const saidBefore = listed(
  `json_build_object('agrees', n.agrees, 'comment', n.comment, 'at', n.at)`,
  `attendance_confirmations n join attendances a on a.visit_id = n.visit_id
     where n.visit_id = v.id and n.of_correction is distinct from a.correction_id`,
  'n.seq',
);

/** The grants of the visits of alias `v`, as jsonb: of several visits of one grant with the first of them alone. */
const withGrants = (db: Knex, visits: Knex.QueryBuilder): Knex.QueryBuilder =>
  db
    .with('listed', visits)
    .from('listed as v')
    .join('grants as g', 'g.id', 'v.grantId')
    .join('requests as r', 'r.id', 'g.request_id')
    .orderBy([
      { column: 'v.date', order: 'desc' },
      { column: 'v.seq', order: 'desc' },
    ])
    .select(
      'v.*',
      db.raw(`case when row_number() over (partition by v."grantId" order by v.date desc, v.seq desc) = 1
        then (select to_json(kept) from (select ${grantSelected}) as kept) end as stored`),
      db.raw('? as questions', [asJsonList(db, questionsAsked(db).whereRaw('q.visit_id = v.id'))]),
      db.raw(`${corrected} as corrections, ${saidBefore} as "saidBefore"`),
    );

/** The visit that a question of that id is about. @throws NotFound as `findVisitOnRecord` */
export const findVisitAskedAbout = async (
  db: Knex,
  ability: AppAbility,
  questionId: string,
): Promise<VisitOnRecord> => {
  const query = visitsListed(db).whereRaw(
    'v.id = (select q.visit_id from visit_questions q where q.id = ?)',
    [questionId],
  );
  const [row] = await planned(
    storedVisit,
    withGrants(db, visible(query, ability, 'read', 'Visit', requestColumns)),
  );
  if (!row) throw new NotFound();
  return onRecord(row, new Map());
};

/**
 * The visit of that id.
 * @param now if given, a visit planned after it does not exist: somebody may have set a clock back
 * @throws NotFound if it does not exist, or this person may not read it
 */
export const findVisitOnRecord = async (
  db: Knex,
  ability: AppAbility,
  { id, now }: { readonly id: string; readonly now?: Date },
  ask: Ask = planned,
): Promise<VisitOnRecord> => {
  const query = visitsListed(db).where('v.id', id);
  if (now !== undefined) void query.where('v.planned_at', '<=', now);
  const [row] = await ask(
    storedVisit,
    withGrants(db, visible(query, ability, 'read', 'Visit', requestColumns)),
  );
  if (!row) throw new NotFound();
  return onRecord(row, new Map());
};

/** The visits planned by now that this person may read, the latest day first; constant cost at any depth. */
export const listVisitsOnRecord = async (
  db: Knex,
  ability: AppAbility,
  {
    limit,
    after,
    now,
  }: { readonly limit: number; readonly after?: AfterVisit | undefined; readonly now: Date },
  ask: Ask = planned,
): Promise<(ListedVisit & VisitOnRecord)[]> => {
  const query = visitsListed(db)
    .where('v.planned_at', '<=', now)
    .orderBy([
      { column: 'v.date', order: 'desc' },
      { column: 'v.seq', order: 'desc' },
    ])
    .limit(limit);
  if (after) void query.whereRaw('(v.date, v.seq) < (?::date, ?)', [after.date, after.seq]);
  const rows = await ask(
    storedVisit,
    withGrants(db, visible(query, ability, 'read', 'Visit', requestColumns)),
  );
  const records = new Map<string, GrantRecord>();
  return rows.map((row) => {
    const { id, grantId, date, seq } = row;
    return { id, grantId, date, seq, ...onRecord(row, records) };
  });
};
