import { isDeepStrictEqual } from 'node:util';
import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { changeRegister } from '../../db/register/register-history.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { emailTaken, memberAfter, type MembershipChanges } from '../../policies/register/register-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { recordSeatLost } from '../grant/follows/seat-lost.js';
import { reportFoundAfterwards } from '../papers/follows/found-afterwards.js';
import { asKeeper, record } from '../case/record.js';

export interface CouncillorChanges extends MembershipChanges {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

type Shown = MembershipChanges & { readonly name: string };

/** The fields of the entry that differ from before. An address is not compared: it counts if it was given. */
const differing = (before: Shown, after: Shown, email: string | undefined): string[] => [
  ...(['name', 'ward', 'standing', 'term', 'defeat'] as const).filter(
    (field) => !isDeepStrictEqual(before[field], after[field]),
  ),
  ...(email === undefined ? [] : ['email']),
];

/**
 * Democratic Services change a member's entry; what it was is kept, for what was allowed at the time. Who is told of it is
 * found when all is entered: an account that the change makes gets the notice too.
 */
export const changeCouncillor = (
  ctx: Ctx,
  id: string,
  { name, email, ...given }: CouncillorChanges,
): Promise<string> => {
  screened(ctx, { name, ward: given.ward ?? undefined });
  return inTransaction(ctx.db, async (trx) => {
    const before = await register.lockCouncillor(trx, ctx.ability, id);
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    const now = ctx.now();
    const { ward, standing, term, defeat } = memberAfter(before, given, now);
    const holder = email === undefined ? null : await register.accountWith(trx, email);
    if (holder && holder.councillorId !== before.id) throw emailTaken();
    await recordSeatLost(trx, ctx, before, defeat);
    const entry = { ward, standing, term, defeat, ...(name && { name }), ...(email && { email }) };
    await changeRegister(trx, before.id, now, register.changingCouncillor(trx, before.id, entry));
    await register.keepAccount(trx, before.id, { name, email }, now);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'councillor.changed',
      subject: `councillor:${before.id}`,
      decision: {
        fields: differing(before, { name: name ?? before.name, ward, standing, term, defeat }, email),
        standing,
        from: term.from,
        to: term.to,
        poll: defeat?.poll ?? null,
      },
    });
    await reportFoundAfterwards(trx, ctx, before.id);
    return before.id;
  });
};
