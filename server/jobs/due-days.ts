import type { Knex } from 'knex';
import { inTransaction } from '../../db/connection.js';
import { listedDays, moveDeadline } from '../../db/deadline-moves.js';
import { openDeadlines } from '../../db/open-deadlines.js';
import type { OpenDeadline } from '../../policies/open-deadlines.js';
import { traceItself } from './by-itself.js';
import type { Work } from './job.js';

/** The request's own deadlines that lists are in order of. */
const listed: readonly OpenDeadline['what'][] = ['decide', 'release', 'answer_returned', 'review'];

/**
 * Lists are in order of a day that was worked out when it began to run. Whoever handed something in at the very moment
 * at which the calendar was changed, or a new version that knows of another holiday, leaves it at the day before: here
 * it is moved to the one that is worked out now, which pages show already, and the move is kept as any other.
 */
export const settleDueDays: Work = async ({ db, now, settings, signal }) => {
  const open = await openDeadlines(db, settings, now());
  const days = await listedDays(db);
  let moved = 0;
  for (const each of open) {
    if (signal?.aborted) return moved;
    const was = listed.includes(each.what)
      ? days.requests.get(each.reference)
      : each.what === 'answer_question' && each.subject !== null
        ? days.questions.get(each.subject)
        : undefined;
    if (was !== undefined && was !== each.due.at && (await settle(db, each, { was, at: now() }))) moved += 1;
  }
  return moved;
};

/** @returns whether it still stood at that day */
const settle = (
  db: Knex,
  deadline: OpenDeadline,
  { was, at }: { readonly was: string; readonly at: Date },
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    if (!(await moveDeadline(trx, deadline, { was, because: 'calendar', at }))) return false;
    await traceItself(
      trx,
      {
        type: 'deadline.moved',
        subject: deadline.reference,
        decision: { what: deadline.what, was, became: deadline.due.at, because: 'calendar' },
      },
      at,
    );
    return true;
  });
