import { inTransaction } from '../../db/core/connection.js';
import { openOnNotifications } from '../../db/retention/disposals.js';
import { keptTooLong, messagesBefore, retentionSchedule } from '../../db/retention/retention.js';
import { authorise } from '../../policies/core/ability.js';
import { londonDate } from '../../policies/core/london.js';
import {
  type Due,
  dueForDisposal,
  notificationsBefore,
  type Schedule,
} from '../../policies/retention/retention.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';

/** What of a councillor's has been kept for its time, and whether it is due or held. */
export interface KeptTooLong extends Due {
  readonly councillorId: string;
  readonly name: string;
  /** The proposal about it that is open. */
  readonly proposalId: string | null;
}

export interface Retention {
  readonly schedule: Schedule;
  readonly notifications: {
    readonly before: string;
    readonly count: number;
    /** The proposal about them that is open. */
    readonly proposalId: string | null;
  };
  readonly councillors: Shown<KeptTooLong>;
}

/** What everything on what is due is recorded under. */
export const retentionSubject = 'retention';

/**
 * How long what is held is kept, and whose data is due for disposal or held beyond its time, the longest first. The
 * reading is recorded.
 * @throws NotFound for who may not see it
 */
export const readRetention = (
  ctx: Ctx,
  given: {
    readonly limit: number;
    readonly after?: { readonly councillorId: string } | undefined;
  },
): Promise<Retention> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Retention' });
    const today = londonDate(ctx.now());
    const schedule = await retentionSchedule(trx);
    const before = notificationsBefore(schedule, today);
    const count = await messagesBefore(trx, before);
    const proposalId = await openOnNotifications(trx);
    const page = shown(await keptTooLong(trx, { today, ...given, limit: given.limit + 1 }), given.limit);
    const judged = ({ kept, ...who }: (typeof page.items)[number]): KeptTooLong => ({
      ...who,
      ...dueForDisposal(kept, schedule, today),
    });
    trace(trx, ctx, null, {
      type: 'retention.read',
      subject: retentionSubject,
      decision: { shown: page.items.length },
    });
    return {
      schedule,
      notifications: { before, count, proposalId },
      councillors: { items: page.items.map(judged), last: page.last && judged(page.last) },
    };
  });
