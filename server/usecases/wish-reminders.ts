import { inTransaction } from '../../db/connection.js';
import { keepWish } from '../../db/reminders.js';
import type { Wish } from '../../policies/reminding.js';
import type { Ctx } from '../context.js';
import { asKeeper, trace } from '../casework/trail.js';

/**
 * Somebody says how they wish to be reminded: together, one by one, or not at all. Decisions, and what was missed,
 * they are told in any case.
 * @returns the person's id
 */
export const wishReminders = (ctx: Ctx, wish: Wish): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    await keepWish(trx, { personId: ctx.actor.id, wish, at: ctx.now() });
    await trace(trx, ctx, asKeeper(ctx.actor), {
      type: 'wish.recorded',
      subject: `person:${ctx.actor.id}`,
      decision: { wish },
    });
    return ctx.actor.id;
  });
