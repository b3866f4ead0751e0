import { inTransaction } from '../../db/core/connection.js';
import { lockVisit } from '../../db/grant/grants.js';
import { insertConfirmation } from '../../db/visit/visits.js';
import { permit } from '../../policies/permission/permit.js';
import { confirm } from '../../policies/visit/commands.js';
import { attendanceDisputed } from '../../policies/visit/notices.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { standing } from '../../policies/visit/visit-standing.js';
import type { SentConfirmation } from './bodies.js';

/**
 * The councillor says whether they agree with the record; a former member too. Disagreement does not change the
 * record; the host and Children's Services hear of it.
 * @returns the visit's id
 */
export const confirmAttendance = (
  ctx: Ctx,
  id: string,
  { agrees, comment }: SentConfirmation,
): Promise<string> => {
  screened(ctx, { comment });
  return inTransaction(ctx.db, async (trx) => {
    const { visit: known } = await lockVisit(trx, ctx.ability, id);
    const at = ctx.now();
    const visit = standing(known, at);
    const acting = permit(confirm, ctx, visit, { now: at });
    await insertConfirmation(trx, visit.id, { agrees, comment: comment ?? null, at, by: ctx.actor.id });
    const entry = record(trx, ctx, acting, {
      type: 'attendance.confirmed',
      subject: visit.reference,
      decision: { visit: visit.id, agrees },
    });
    if (!agrees) notify(trx, ctx, entry, attendanceDisputed(visit.reference, visit.hostId));
    return visit.id;
  });
};
