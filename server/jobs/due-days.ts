import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { moveDeadline } from '../../db/deadline/deadline-moves.js';
import { calendarName, countDueDays, noteSettled, uncountedBy } from '../../db/deadline/due-days.js';
import { deadlinesOf } from '../../db/deadline/open-deadlines.js';
import type { OpenDeadline } from '../../policies/deadline/open-deadlines.js';
import { recordItself } from './by-itself.js';
import type { Work } from './job.js';
import { oneByOne } from './worker/one-by-one.js';

/**
 * Days are stored that were worked out when a deadline began to run. Whoever handed something in at the very moment at
 * which the calendar was changed, or a new version that knows of another holiday, leaves one at the day before: here
 * it is moved to the one that is worked out now, which pages show already, and the move is kept as any other. What
 * changed since the last round is looked at, and after a change of the calendar everything, once.
 */
export const settleDueDays: Work = async (job) => {
  const { db, now, settings } = job;
  const calendar = calendarName(settings, now());
  const rows = await countDueDays(db, settings, { rows: await uncountedBy(db, calendar), calendar });
  const moving = (await deadlinesOf(db, settings, { rows, now: now() })).flatMap(({ row, open }) =>
    row.dueOn === null || row.dueOn === open.due.at ? [] : [{ row, deadline: open, was: row.dueOn }],
  );
  const moved = new Set(moving.map(({ row }) => row.id));
  await noteSettled(
    db,
    rows.filter(({ id }) => !moved.has(id)),
    calendar,
  );
  return oneByOne(job, moving, {
    name: ({ deadline }) => `${deadline.what}:${deadline.reference}`,
    act: ({ deadline, was }) => settle(db, deadline, { was, at: now(), settings: job.settings.revision }),
  });
};

/** @returns 0 where it is listed under another day by now */
const settle = (
  db: Knex,
  deadline: OpenDeadline,
  { was, at, settings }: { readonly was: string; readonly at: Date; readonly settings: number },
): Promise<number> =>
  inTransaction(db, async (trx) => {
    if (!(await moveDeadline(trx, deadline, { was, because: 'calendar', at }))) return 0;
    await recordItself(
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
