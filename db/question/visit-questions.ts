import type { Knex } from 'knex';
import { z } from 'zod';
import { NotFound } from '../../policies/core/refusals.js';
import { firstOf } from '../core/rows/first-of.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { day } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';

/** A question or a challenge that came of a visit. */
export interface VisitQuestion {
  readonly id: string;
  readonly visitId: string;
  readonly kind: 'question' | 'challenge';
  readonly text: string;
  readonly askedAt: Date;
  /** Who sees to the answer. */
  readonly owner: string;
  readonly dueOn: string;
  readonly response: string | null;
  readonly toCommittee: boolean | null;
  readonly answeredAt: Date | null;
}

const columns = [
  'q.id',
  'q.visit_id as visitId',
  'q.kind',
  'q.text',
  'q.asked_at as askedAt',
  'p.name as owner',
  'q.due_on as dueOn',
  'q.response',
  'q.to_committee as toCommittee',
  'q.answered_at as answeredAt',
] as const;

/** The columns of `questionsAsked`, by their names. @param time how one is read: in a row, or within JSON */
export const questionIn = (time: z.ZodType<Date>): z.ZodType<VisitQuestion> =>
  z.strictObject({
    id: z.string(),
    visitId: z.string(),
    kind: z.enum(allowed['visit_questions.kind']),
    text: z.string(),
    askedAt: time,
    owner: z.string(),
    dueOn: day,
    response: z.string().nullable(),
    toCommittee: z.boolean().nullable(),
    answeredAt: time.nullable(),
  });

/** Questions, oldest first, of alias `q`; to be narrowed to those of a visit. */
export const questionsAsked = (db: Knex): Knex.QueryBuilder =>
  db('visit_questions as q')
    .join('people as p', 'p.id', 'q.owner_id')
    .orderBy('q.seq')
    .select(...columns);

/** One question. It does not check who may read it: load its visit first. @throws NotFound if it does not exist */
export const findQuestion = async (db: Knex, id: string): Promise<VisitQuestion> => {
  const [found] = await rowsOf(questionIn(moment), questionsAsked(db).where('q.id', id));
  if (!found) throw new NotFound();
  return found;
};

/** Writes a question and answers with its id. */
export const insertQuestion = async (
  trx: Knex.Transaction,
  visitId: string,
  given: {
    readonly kind: VisitQuestion['kind'];
    readonly text: string;
    readonly at: Date;
    readonly by: string;
    readonly ownerId: string;
    readonly dueOn: string;
  },
): Promise<string> => {
  const rows = await trx('visit_questions')
    .insert({
      visit_id: visitId,
      kind: given.kind,
      text: given.text,
      asked_at: given.at,
      asked_by: given.by,
      owner_id: given.ownerId,
      due_on: given.dueOn,
    })
    .returning('id');
  return firstOf(rows).id;
};

/** Writes the answer, once. */
export const answer = async (
  trx: Knex.Transaction,
  id: string,
  given: { readonly text: string; readonly toCommittee: boolean; readonly at: Date; readonly by: string },
): Promise<void> => {
  await trx('visit_questions').where({ id }).whereNull('answered_at').update({
    response: given.text,
    to_committee: given.toCommittee,
    answered_at: given.at,
    answered_by: given.by,
  });
};
