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
 * The stored days were worked out when a deadline began to run. If somebody handed in a request at the very moment
 * the calendar changed, or if a new version of the service knows another holiday, a stored day may be wrong. This job
 * moves it to the day worked out now, which pages show already, and records the move like any other. So it does once a stage of
 * a child's journey is watched or ends, as the clock of the next one stood still until then. It looks at
 * everything that changed since the last round, and after a change of the calendar once at everything.
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
    const isStages = deadline.due.pauses.some((pause) => pause.because === 'stage');
    const because = isStages ? 'stage' : 'calendar';
    if (!(await moveDeadline(trx, deadline, { was, because, at }))) return 0;
    await recordItself(
      trx,
      {
        type: 'deadline.moved',
        subject: deadline.reference,
        settings,
        decision: { what: deadline.what, was, became: deadline.due.at, because },
      },
      at,
    );
    return 1;
  });
