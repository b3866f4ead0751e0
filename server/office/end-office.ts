import { inTransaction } from '../../db/core/connection.js';
import { endOffice as end, isLastKeeper } from '../../db/office/offices.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { invalid } from '../../policies/core/rules.js';
import { endOffice as command } from '../../policies/office/commands.js';
import { faultOfEnd, mustBeKept, neverCounts } from '../../policies/office/office-held.js';
import { officeChanged } from '../../policies/office/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import { handOn } from '../leaving/follows/hand-on.js';
import { holdOffice } from './holding-file.js';

/**
 * An administrator ends an office on a day, its last; yesterday ends it now. One that has not begun to count is taken
 * back. What the person signed stands, and those are told who hand on what waits for them by name.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict; Invalid naming `to`
 */
export const endOffice = (
  ctx: Ctx,
  where: { readonly id: string; readonly holding: string },
  to: string,
): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const held = await holdOffice(trx, ctx, where);
    const today = londonDate(ctx.now());
    const isLast = mustBeKept(held.office) && (await isLastKeeper(trx, held.personId, held.office));
    const acting = permit(command, ctx, held, { by: ctx.actor.id, today, isLast });
    const message = faultOfEnd(held, to, addDays(today, -1));
    if (message !== null) throw invalid('person', [{ field: 'to', message }]);
    const takesBack = neverCounts(held, to);
    await end(trx, held.id, takesBack ? null : to);
    const entry = record(trx, ctx, acting, {
      type: 'office.ended',
      subject: `person:${held.personId}`,
      decision: { given: held.office, to, takenBack: takesBack },
    });
    notify(trx, ctx, entry, officeChanged(held.personId));
    if (!takesBack) await handOn(trx, ctx, { acting, because: entry, person: held.personId, by: to });
    return held.personId;
  });
