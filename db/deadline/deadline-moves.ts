import type { Knex } from 'knex';
import type { DeadlineMove, MovedBecause, TimeRecord } from '../../policies/deadline/moved.js';
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

/** Whether the receipt went out, and how the deadlines of a request have moved. */
export const timeRecordOf = async (
  db: Knex,
  { id, reference }: { readonly id: number; readonly reference: string },
): Promise<TimeRecord> => {
  const { rows } = await db.raw<{
    rows: (Omit<TimeRecord, 'moves'> & { moves: (Omit<DeadlineMove, 'at'> & { at: string })[] })[];
  }>(
    `select min(m.sent_at) as "acknowledgedAt",
        coalesce((select jsonb_agg(jsonb_build_object('what', d.what, 'was', d.was, 'became', d.became,
            'because', d.because, 'at', d.at) order by d.seq) from deadline_moves d where d.request_id = :id), '[]') as moves
      from messages m where m.reference = :reference and m.kind = 'request_received'`,
    { id, reference },
  );
  const [row] = rows;
  return {
    acknowledgedAt: row?.acknowledgedAt ?? null,
    moves: (row?.moves ?? []).map((move) => ({ ...move, at: new Date(move.at) })),
  };
};
