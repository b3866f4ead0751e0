import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { listedDays, moveDeadline, type ListedDays } from '../../db/deadline/deadline-moves.js';
import { openDeadlines } from '../../db/deadline/open-deadlines.js';
import type { OpenDeadline } from '../../policies/deadline/open-deadlines.js';
import { traceItself } from './by-itself.js';
import type { Work } from './job.js';
import { oneByOne } from './one-by-one.js';

/** The request's own deadlines that lists are in order of. */
const listed: readonly OpenDeadline['what'][] = ['decide', 'release', 'answer_returned', 'review'];

/**
 * Lists are in order of a day that was worked out when it began to run. Whoever handed something in at the very moment
 * at which the calendar was changed, or a new version that knows of another holiday, leaves it at the day before: here
 * it is moved to the one that is worked out now, which pages show already, and the move is kept as any other.
 */
export const settleDueDays: Work = async (job) => {
  const { db, now } = job;
  const open = await openDeadlines(db, job.settings, now());
  const days = await listedDays(db);
  const moving = open.flatMap((deadline) => {
    const was = listedUnder(days, deadline);
    return was === undefined || was === deadline.due.at ? [] : [{ deadline, was }];
  });
  return oneByOne(job, moving, {
    name: ({ deadline }) => `${deadline.what}:${deadline.reference}`,
    act: ({ deadline, was }) => settle(db, deadline, { was, at: now(), settings: job.settings.revision }),
  });
};

/** The day that a list has for it; none where no list does. */
const listedUnder = (
  { requests, questions }: ListedDays,
  { what, reference, subject }: OpenDeadline,
): string | undefined => {
  if (listed.includes(what)) return requests.get(reference);
  return what === 'answer_question' && subject !== null ? questions.get(subject) : undefined;
};

/** @returns 0 where it is listed under another day by now */
const settle = (
  db: Knex,
  deadline: OpenDeadline,
  { was, at, settings }: { readonly was: string; readonly at: Date; readonly settings: number },
): Promise<number> =>
  inTransaction(db, async (trx) => {
    if (!(await moveDeadline(trx, deadline, { was, because: 'calendar', at }))) return 0;
    await traceItself(
      trx,
      {
        type: 'deadline.moved',
        subject: deadline.reference,
        settings,
        decision: { what: deadline.what, was, became: deadline.due.at, because: 'calendar' },
      },
      at,
    );
    return 1;
  });
