import { inTransaction } from '../../db/core/connection.js';
import { withdrawKeyRemoval } from '../../db/proof/code-keys.js';
import { permit } from '../../policies/permission/permit.js';
import { withdrawCodesRemoval as command } from '../../policies/proof/commands.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { lockOwner } from './follows/lock-owner.js';

/**
 * The administrator who asked to remove an app for codes and passkeys withdraws that: they stay in use.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const withdrawRemoval = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await lockOwner(trx, ctx, id);
    const acting = permit(command, ctx, person, { by: ctx.actor.id, now: ctx.now() });
    await withdrawKeyRemoval(trx, person.id);
    record(trx, ctx, acting, { type: 'codes.removal_withdrawn', subject: `person:${person.id}` });
    return person.id;
  });
