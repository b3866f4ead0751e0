import { inTransaction } from '../../db/core/connection.js';
import { extendAccess as extend, lockAccess } from '../../db/subject-access/access-requests.js';
import { permit } from '../../policies/permission/permit.js';
import { accessDue, isTooLateToExtend } from '../../policies/subject-access/access-request.js';
import { extendAccess as command } from '../../policies/subject-access/commands.js';
import { accessExtended } from '../../policies/subject-access/notices.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';

/**
 * Data Protection take the two further months that a complex request may have, with reasons that the person reads (UK
 * GDPR, Article 12(3)). @returns its id @throws NotFound, Forbidden, Conflict
 */
export const extendAccess = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const access = await lockAccess(trx, ctx.ability, id);
    const at = ctx.now();
    const tooLate = isTooLateToExtend(ctx.settings, access.receivedOn, at);
    const acting = permit(command, ctx, access, { tooLate });
    await extend(trx, id, { by: ctx.actor.id, at, reasons });
    const entry = record(trx, ctx, acting, {
      type: 'subject_access.extended',
      subject: aboutCouncillor(access.councillorId),
      decision: { access: id },
      reasons,
    });
    const due = accessDue(ctx.settings, { receivedOn: access.receivedOn, extendedAt: at }).at;
    notify(trx, ctx, entry, accessExtended(access.councillorId, due));
    return id;
  });
};
