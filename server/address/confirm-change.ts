import { signOutEverywhere } from '../../db/account/suspensions.js';
import { changeAddress } from '../../db/address/address-changes.js';
import { inTransaction } from '../../db/core/connection.js';
import { lockPerson } from '../../db/people/directory.js';
import { endSessionsOf } from '../../db/people/sessions.js';
import { confirmAddressChange as command } from '../../policies/address/commands.js';
import { addressChanged, addressChangedOfSomebody, addressLeft } from '../../policies/address/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * A second person confirms that the address of an account is changed: another administrator, or the Monitoring Officer.
 * Every session of its owner ends, and links to the password that went to the old address do not work any more. Both
 * addresses are told.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict; Invalid where somebody has that address by now
 */
export const confirmChange = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const acting = permit(command, ctx, person, { by: ctx.actor.id, now: ctx.now() });
    const { addressChange: change } = person;
    if (change === null) throw new Error('A change was permitted that nobody has asked for.');
    await changeAddress(trx, {
      person: person.id,
      email: change.email,
      was: person.email,
      by: ctx.actor.id,
    });
    await signOutEverywhere(trx, person.id, ctx.now());
    await endSessionsOf(trx, person.id);
    const entry = record(trx, ctx, acting, { type: 'address.changed', subject: `person:${person.id}` });
    for (const told of [addressLeft(person.id), addressChanged(person.id), addressChangedOfSomebody()])
      notify(trx, ctx, entry, told);
    return person.id;
  });
