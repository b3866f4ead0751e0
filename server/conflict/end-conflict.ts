import { endConflict as end, lockConflict } from '../../db/conflict/conflicts.js';
import { inTransaction } from '../../db/core/connection.js';
import { endConflict as command } from '../../policies/conflict/commands.js';
import { assertAuthority, isOwn } from '../../policies/conflict/conflict.js';
import { conflictEnded } from '../../policies/conflict/notices.js';
import { londonDate } from '../../policies/core/time/london.js';
import { permit, permitOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutRecorded } from './about-conflict.js';
import { givenFor } from './given-for.js';
import type { SentEnd } from './bodies.js';

/**
 * Ends a conflict, with reasons: the person’s own by themselves, else by who recorded it or by the Monitoring Officer. The
 * person may act from then on, and what was refused stays (need-to-know.md, section 4).
 * @returns its id
 * @throws NotFound, Forbidden, Conflict by the rule `conflict_over`; Invalid by the rule `conflict`, naming `authority`
 */
export const endConflict = (ctx: Ctx, id: string, given: SentEnd): Promise<string> => {
  const { reasons, authority = null } = given;
  screened(ctx, { reasons, authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const by = ctx.actor.id;
    const conflict = await lockConflict(trx, { ability: ctx.ability, today: londonDate(at) }, id);
    const oneself = conflict.personId === by && isOwn(conflict);
    const acting = oneself ? null : permit(command, ctx, conflict, givenFor(ctx, command, conflict));
    if (acting === null) permitOneself(command, ctx, conflict, { by });
    assertAuthority(conflict, given);
    await end(trx, id, { at, by, reasons, authority });
    const entry = record(trx, ctx, acting, {
      type: 'conflict.ended',
      subject: aboutRecorded(conflict),
      decision: { conflict: id },
      reasons,
    });
    if (!oneself) notify(trx, ctx, entry, conflictEnded(conflict));
    return id;
  });
};
