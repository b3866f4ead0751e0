import { lockConflict, settleConflict as settle } from '../../db/conflict/conflicts.js';
import { inTransaction } from '../../db/core/connection.js';
import { settleConflict as command } from '../../policies/conflict/commands.js';
import { assertAuthority } from '../../policies/conflict/conflict.js';
import { conflictSettled } from '../../policies/conflict/notices.js';
import { londonDate } from '../../policies/core/time/london.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutRecorded } from './about-conflict.js';
import { givenFor } from './given-for.js';
import type { SentSettlement } from './bodies.js';

/**
 * The Monitoring Officer settles whether a contested conflict stands; the Chief Executive, where it is the Monitoring
 * Officer’s, which Democratic Services record with the authority (need-to-know.md, section 4).
 * @returns its id
 * @throws NotFound, Forbidden, Conflict; Invalid by the rule `conflict`, naming `authority`
 */
export const settleConflict = (ctx: Ctx, id: string, given: SentSettlement): Promise<string> => {
  const { outcome, reasons, authority = null } = given;
  screened(ctx, { reasons, authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const by = ctx.actor.id;
    const conflict = await lockConflict(trx, { ability: ctx.ability, today: londonDate(at) }, id);
    const acting = permit(command, ctx, conflict, givenFor(ctx, command, conflict));
    assertAuthority(conflict, given);
    await settle(trx, id, { at, by, outcome, reasons, authority });
    const entry = record(trx, ctx, acting, {
      type: 'conflict.settled',
      subject: aboutRecorded(conflict),
      decision: { conflict: id, outcome },
      reasons,
    });
    notify(trx, ctx, entry, conflictSettled(conflict));
    return id;
  });
};
