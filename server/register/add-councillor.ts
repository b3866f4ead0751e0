import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { enterInRegister } from '../../db/register/register-history.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { emailTaken, newMember, type Membership } from '../../policies/register/register-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { asKeeper, record } from '../case/record.js';

export interface NewCouncillor extends Omit<Membership, 'defeat'> {
  readonly name: string;
  readonly email?: string | undefined;
}

/**
 * Democratic Services enter a member. With an e-mail address they get an account without a password, so
 * that notices reach them and a single sign-on finds them later.
 */
export const addCouncillor = (ctx: Ctx, { name, email, ...given }: NewCouncillor): Promise<string> => {
  screened(ctx, { name, ward: given.ward ?? undefined });
  return inTransaction(ctx.db, async (trx) => {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    const now = ctx.now();
    const member = newMember(given, now);
    if (email !== undefined && (await register.accountWith(trx, email))) throw emailTaken();
    const id = randomUUID();
    await enterInRegister(trx, id, now, [
      register.addingCouncillor(trx, id, { name, ...member, ...(email && { email }) }, now),
      ...(email === undefined ? [] : register.addingAccount(trx, id, { name, email }, now)),
    ]);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'councillor.added',
      subject: `councillor:${id}`,
      decision: { standing: member.standing, from: member.term.from, to: member.term.to },
    });
    return id;
  });
};
