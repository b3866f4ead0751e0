import { inTransaction } from '../../db/core/connection.js';
import { confirmFreezes } from '../../db/grant/freezes.js';
import { lockRecord } from '../../db/grant/grants.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { permit } from '../../policies/permission/permit.js';
import { confirmFreeze as command } from '../../policies/grant/commands.js';
import type { Ctx } from '../case/ctx.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';

/**
 * Data Protection confirm, with reasons, that a grant stays frozen: until it is released, or ended once the councillor was
 * heard. The councillor knows that it is paused, and nothing changes for them (need-to-know.md, section 6).
 * @returns the grant’s id
 */
export const confirmFreeze = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const known = await lockRecord(trx, ctx.ability, id);
    const at = ctx.now();
    const grant = grantAt(known, at);
    const acting = permit(command, ctx, grant, { now: at });
    const incidents = await confirmFreezes(trx, grant.id, { at, by: ctx.actor.id, reasons });
    keepsReading(trx, ctx, acting, grant.reference);
    record(trx, ctx, acting, {
      type: 'grant.freeze_confirmed',
      subject: grant.reference,
      decision: { incidents },
      reasons,
    });
    return grant.id;
  });
};
