import { inTransaction } from '../../db/core/connection.js';
import { confirmOffice as confirm } from '../../db/office/offices.js';
import { londonDate } from '../../policies/core/time/london.js';
import { confirmOffice as command } from '../../policies/office/commands.js';
import { officeChanged } from '../../policies/office/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import { holdOffice } from './holding-file.js';

/**
 * A second person confirms an office: another administrator, or the Monitoring Officer. From then on it counts.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const confirmOffice = (
  ctx: Ctx,
  where: { readonly id: string; readonly holding: string },
): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const held = await holdOffice(trx, ctx, where);
    const given = { by: ctx.actor.id, today: londonDate(ctx.now()) };
    const acting = permit(command, ctx, held, given);
    await confirm(trx, held.id, { by: ctx.actor.id, at: ctx.now() });
    const entry = record(trx, ctx, acting, {
      type: 'office.confirmed',
      subject: `person:${held.personId}`,
      decision: { given: held.office, as: held.capacity, head: held.head, from: held.from, to: held.to },
    });
    notify(trx, ctx, entry, officeChanged(held.personId));
    return held.personId;
  });
