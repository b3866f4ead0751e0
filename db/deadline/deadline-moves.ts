import type { Knex } from 'knex';
import type { MovedBecause } from '../../policies/deadline/moved.js';
import type { OpenDeadline } from '../../policies/deadline/open-deadlines.js';

/**
 * Keeps that a deadline moved, and moves the day that its request or question is listed under.
 * @param moved as it is now; `was` the day before
 * @returns false, with nothing kept, where it is listed and not under that day any more
 */
export const moveDeadline = async (
  trx: Knex.Transaction,
  moved: OpenDeadline,
  { was, because, at }: { readonly was: string; readonly because: MovedBecause; readonly at: Date },
): Promise<boolean> => {
  const { what, reference, subject, due } = moved;
  const isListed =
    what === 'answer_question' && subject !== null
      ? await trx('visit_questions')
          .where({ id: subject, due_on: was })
          .whereNull('answered_at')
          .update({ due_on: due.at })
      : subject !== null || what === 'acknowledge' || what === 'ask_for_review'
        ? 1
        : await trx('requests').where({ reference, due_on: was }).update({ due_on: due.at });
  if (isListed === 0) return false;
  await trx('deadline_moves').insert({
    request_id: trx('requests').where({ reference }).select('id'),
    what,
    subject,
    was,
    became: due.at,
    because,
    at,
  });
  return true;
};
