import { inTransaction } from '../../db/core/connection.js';
import { keepWish } from '../../db/deadline/reminders.js';
import type { Wish } from '../../policies/deadline/reminding.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, record } from '../case/record.js';

/**
 * Sets how a person wishes to be reminded: together, one by one, or not at all. They always hear of decisions and of
 * missed deadlines.
 * @returns the person's id
 */
export const wishReminders = (ctx: Ctx, wish: Wish): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    await keepWish(trx, { personId: ctx.actor.id, wish, at: ctx.now() });
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'wish.recorded',
      subject: `person:${ctx.actor.id}`,
      decision: { wish },
    });
    return ctx.actor.id;
  });
