import { inTransaction } from '../../db/core/connection.js';
import { lockVisit } from '../../db/grant/grants.js';
import { endVisit } from '../../db/visit/visits.js';
import { permit } from '../../policies/permission/permit.js';
import { cancel } from '../../policies/visit/commands.js';
import { visitOff } from '../../policies/visit/notices.js';
import type { Ctx } from '../case/ctx.js';
import { keepsReading } from '../case/keeps-reading.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { standing } from '../../policies/visit/visit-standing.js';

/**
 * The host or Children's Services call a visit off. It uses no event, and nobody hears why.
 * @returns the visit's id
 */
export const cancelVisit = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const { visit: known } = await lockVisit(trx, ctx.ability, id);
    const at = ctx.now();
    const visit = standing(known, at);
    const acting = permit(cancel, ctx, visit, { now: at });
    await endVisit(trx, visit.id, { at, because: 'cancelled' });
    keepsReading(trx, ctx, acting, visit.reference);
    const entry = record(trx, ctx, acting, {
      type: 'visit.cancelled',
      subject: visit.reference,
      decision: { visit: visit.id, date: visit.date },
    });
    notify(trx, ctx, entry, visitOff(visit));
    return visit.id;
  });
