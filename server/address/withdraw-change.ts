import { withdrawAddressChange } from '../../db/address/address-changes.js';
import { inTransaction } from '../../db/core/connection.js';
import { lockPerson } from '../../db/people/directory.js';
import { withdrawAddressChange as command } from '../../policies/address/commands.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';

/**
 * The administrator who asked to change an address withdraws that: the address stays.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict
 */
export const withdrawChange = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(command, ctx, person, { by: ctx.actor.id, now: ctx.now() });
    await withdrawAddressChange(trx, person.id);
    record(trx, ctx, acting, { type: 'address.change_withdrawn', subject: `person:${person.id}` });
    return person.id;
  });
