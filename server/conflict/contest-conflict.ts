import { contestConflict as contest, lockConflict } from '../../db/conflict/conflicts.js';
import { inTransaction } from '../../db/core/connection.js';
import { contestConflict as command } from '../../policies/conflict/commands.js';
import { settlementDue } from '../../policies/conflict/conflict.js';
import { conflictContested } from '../../policies/conflict/notices.js';
import { londonDate } from '../../policies/core/time/london.js';
import { permitOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutRecorded } from './about-conflict.js';

/**
 * The person contests a conflict that somebody else recorded about them. It stands until it is settled, and who settles it
 * is told by when (need-to-know.md, section 4).
 * @returns its id
 * @throws NotFound, Forbidden, Conflict by the rules `conflict_over` and `conflict_own`
 */
export const contestConflict = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const conflict = await lockConflict(trx, { ability: ctx.ability, today: londonDate(at) }, id);
    permitOneself(command, ctx, conflict, { by: ctx.actor.id });
    await contest(trx, id, { at, reasons });
    const entry = record(trx, ctx, null, {
      type: 'conflict.contested',
      subject: aboutRecorded(conflict),
      decision: { conflict: id },
      reasons,
    });
    notify(trx, ctx, entry, conflictContested(conflict, settlementDue(ctx.settings, at).at));
    return id;
  });
};
