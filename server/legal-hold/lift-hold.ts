import { inTransaction } from '../../db/core/connection.js';
import { lockGrantsOf } from '../../db/grant/grants.js';
import { findHold, liftHold as lift } from '../../db/legal-hold/holds.js';
import { permit } from '../../policies/permission/permit.js';
import { lift as command } from '../../policies/legal-hold/commands.js';
import { aboutCase } from '../incident/follows/incident.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Ends a legal hold, with reasons: the data can be disposed of when it is due (need-to-know.md, section 8).
 * @returns the hold's id
 * @throws NotFound, Forbidden, Conflict: it was lifted already
 */
export const liftHold = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    // If two lift it at once, the second reads the work of the first.
    await lockGrantsOf(trx, (await findHold(trx, ctx.ability, id)).councillorId);
    const hold = await findHold(trx, ctx.ability, id);
    const acting = permit(command, ctx, hold, {});
    await lift(trx, id, { by: ctx.actor.id, acting, at: ctx.now(), reasons });
    record(trx, ctx, acting, {
      type: 'hold.lifted',
      subject: aboutCase(hold),
      decision: { hold: hold.id },
      reasons,
    });
    return hold.id;
  });
};
