import { inTransaction } from '../../db/core/connection.js';
import { findDisposal, lockDisposal, withdrawDisposal as withdraw } from '../../db/retention/disposals.js';
import { authorise } from '../../policies/permission/ability.js';
import { permit } from '../../policies/permission/permit.js';
import { withdrawDisposal as command } from '../../policies/retention/commands.js';
import { aboutDisposal, asProposal } from './disposal.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Takes a proposal back: by the person who made it, or anyone who may confirm it.
 * @returns its id
 * @throws NotFound, Forbidden, Conflict
 */
export const withdrawDisposal = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    await lockDisposal(trx, id);
    const proposal = asProposal(await findDisposal(trx, id));
    authorise(ctx.ability, 'read', proposal);
    const acting = permit(command, ctx, proposal, {});
    await withdraw(trx, id, { by: ctx.actor.id, acting, at: ctx.now() });
    record(trx, ctx, acting, { type: 'retention.withdrawn', subject: aboutDisposal(id) });
    return id;
  });
