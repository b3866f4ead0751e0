import type { Knex } from 'knex';
import type { OpenDeadline } from '../policies/open-deadlines.js';

export type MovedBecause = 'calendar' | 'settings';

/** A deadline that ran, and was moved from one day to another. */
export interface DeadlineMove {
  readonly what: string;
  readonly was: string;
  readonly became: string;
  readonly because: MovedBecause;
  readonly at: Date;
}

/**
 * Keeps that a deadline moved, and moves the day that its request or question is listed under.
 * @param moved as it is now; `was` the day before
 */
export const moveDeadline = async (
  trx: Knex.Transaction,
  moved: OpenDeadline,
  { was, because, at }: { readonly was: string; readonly because: MovedBecause; readonly at: Date },
): Promise<void> => {
  const { what, reference, subject, due } = moved;
  await trx('deadline_moves').insert({
    request_id: trx('requests').where({ reference }).select('id'),
    what,
    subject,
    was,
    became: due.at,
    because,
    at,
  });
  if (what === 'answer_question') {
    await trx('visit_questions').where({ id: subject }).whereNull('answered_at').update({ due_on: due.at });
  } else if (subject === null) {
    // Of the request's own deadlines one is listed; the day of another is found nowhere and changes nothing.
    await trx('requests').where({ reference, due_on: was }).update({ due_on: due.at });
  }
};

/** Every move of a request's deadlines, oldest first. */
export const movesOf = async (db: Knex, requestId: number): Promise<DeadlineMove[]> =>
  db('deadline_moves')
    .where({ request_id: requestId })
    .orderBy('seq')
    .select('what', 'was', 'became', 'because', 'at');
