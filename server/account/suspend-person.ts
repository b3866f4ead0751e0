import { inTransaction } from '../../db/core/connection.js';
import { suspendAccount } from '../../db/account/suspensions.js';
import { lockPerson } from '../../db/people/directory.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { suspend } from '../../policies/account/commands.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * An administrator, or for a councillor Democratic Services, suspends an account, with reasons: at its next call the
 * person is signed out, on every node. What they signed stands.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const suspendPerson = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(suspend, ctx, person, { by: ctx.actor.id });
    await suspendAccount(trx, person.id, ctx.now());
    await endSessionsOf(trx, person.id);
    record(trx, ctx, acting, { type: 'person.suspended', subject: `person:${person.id}`, reasons });
    return person.id;
  });
};
