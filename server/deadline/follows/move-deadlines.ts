import type { Knex } from 'knex';
import { moveDeadline } from '../../../db/deadline/deadline-moves.js';
import { calendarName, countDueDays, uncountedBy } from '../../../db/deadline/due-days.js';
import type { MovedBecause } from '../../../policies/deadline/moved.js';
import { openDeadlinesUnder } from '../../../db/deadline/open-deadlines.js';
import { recipientsOf } from '../../../db/outbox/recipients.js';
import { sayOnce } from '../../../db/deadline/reminders.js';
import { londonDate } from '../../../policies/core/time/london.js';
import type { OpenDeadline } from '../../../policies/deadline/open-deadlines.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { Ctx } from '../../case/ctx.js';
import { asKeeper, record } from '../../case/record.js';

/** A deadline with the day that it had. */
export interface Moved {
  readonly was: string;
  readonly now: OpenDeadline;
}

const sameAs = ({ what, reference, subject }: OpenDeadline): string =>
  `${what}:${reference}:${subject ?? ''}`;

/** The deadlines that run and would have another day under other settings. */
export const movedBy = async (
  db: Knex,
  { before, after, now }: { readonly before: Settings; readonly after: Settings; readonly now: Date },
): Promise<Moved[]> => {
  const [then = [], afterwards = []] = await openDeadlinesUnder(db, [before, after], now);
  const days = new Map(then.map((each) => [sameAs(each), each.due.at]));
  return afterwards.flatMap((each) => {
    const was = days.get(sameAs(each));
    return was === undefined || was === each.due.at ? [] : [{ was, now: each }];
  });
};

/**
 * Moves every running deadline to its day under the new settings. Each move is stored with the old and the new day,
 * recorded on the trail, and notified to the people the deadline waits for and those who knew the day
 * (need-to-know.md, section 7).
 * @returns how many moved
 */
export const moveDeadlines = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  change: {
    readonly before: Settings;
    readonly after: Settings;
    readonly because: MovedBecause;
    /** The number of the change. */
    readonly revision: number;
  },
): Promise<number> => {
  const at = ctx.now();
  const { because, revision } = change;
  const moved = await movedBy(trx, { ...change, now: at });
  let count = 0;
  for (const { was, now } of moved) {
    // Somebody was there before: it is as they left it, and the job that settles the days looks at it again.
    if (!(await moveDeadline(trx, now, { was, because, at }))) continue;
    count += 1;
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'deadline.moved',
      subject: now.reference,
      decision: { what: now.what, was, became: now.due.at, because, revision },
    });
    await sayOnce(trx, {
      reminder: {
        key: `moved:${revision}:${sameAs(now)}`,
        reference: now.reference,
        councillorId: null,
        what: now.what,
        step: 'moved',
        called: now.called,
        dueOn: now.due.at,
        fellDueAt: at,
      },
      people: await recipientsOf(trx, [...now.waitsFor, ...now.knownTo], londonDate(at)),
      at,
    });
  }
  // Jobs select by these days, which are stored without their facts: count them again by the new settings.
  const calendar = calendarName(change.after, at);
  await countDueDays(trx, change.after, { rows: await uncountedBy(trx, calendar), calendar });
  return count;
};
