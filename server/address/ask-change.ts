import { askAddressChange } from '../../db/address/address-changes.js';
import { inTransaction } from '../../db/core/connection.js';
import { lockPerson } from '../../db/people/directory.js';
import { accountWith } from '../../db/register/register.js';
import { askAddressChange as command } from '../../policies/address/commands.js';
import { addressChangeAsked, addressChangeWaits } from '../../policies/address/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { emailTaken } from '../../policies/register/register-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentAddress } from './bodies.js';

/**
 * An administrator asks, with reasons, to change the address with which somebody signs in. Nothing changes until a second
 * person confirms it; the owner is told at the address that they have.
 * @returns the person's id
 * @throws NotFound, Forbidden, Conflict; Invalid where somebody has that address
 */
export const askChange = (ctx: Ctx, id: string, { email, reasons }: SentAddress): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const person = await lockPerson(trx, ctx.ability, id);
    const [by, at] = [ctx.actor.id, ctx.now()];
    const acting = permit(command, ctx, person, { by, now: at });
    if ((await accountWith(trx, email)) !== null) throw emailTaken();
    await askAddressChange(trx, { person: person.id, was: person.email, email, by, reasons, at });
    const entry = record(trx, ctx, acting, {
      type: 'address.change_asked',
      subject: `person:${person.id}`,
      reasons,
    });
    notify(trx, ctx, entry, addressChangeWaits());
    notify(trx, ctx, entry, addressChangeAsked(person.id));
    return person.id;
  });
};
