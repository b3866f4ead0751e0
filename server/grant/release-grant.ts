import { inTransaction } from '../../db/core/connection.js';
import { releaseFreezes } from '../../db/grant/freezes.js';
import { lockRecord } from '../../db/grant/grants.js';
import { access } from '../../policies/grant/access.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { permit } from '../../policies/permission/permit.js';
import { release } from '../../policies/grant/commands.js';
import { grantGoesOn } from '../../policies/grant/notices.js';
import type { Ctx } from '../case/ctx.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * Data Protection let a frozen grant go on, with reasons: every freeze on it ends. A lost seat still freezes it, and
 * then nobody hears that it goes on (need-to-know.md, section 6).
 * @returns the grant's id
 */
export const releaseGrant = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const known = await lockRecord(trx, ctx.ability, id);
    const at = ctx.now();
    const grant = grantAt(known, at);
    const acting = permit(release, ctx, grant, { now: at });
    const incidents = await releaseFreezes(trx, grant.id, { at, by: ctx.actor.id, reasons });
    keepsReading(trx, ctx, acting, grant.reference);
    const entry = record(trx, ctx, acting, {
      type: 'grant.released',
      subject: grant.reference,
      decision: { incidents },
      reasons,
    });
    if (access({ ...grant, frozenAt: null }, at).status !== 'frozen') {
      notify(trx, ctx, entry, grantGoesOn(grant.reference, grant.councillorId, grant.hostId));
    }
    return grant.id;
  });
};
