import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { changeRegister } from '../../db/register/register-history.js';
import { assertUnhindered, authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { goneMember } from '../../policies/register/register-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { reportFoundAfterwards } from '../papers/follows/found-afterwards.js';
import { asKeeper, record } from '../case/record.js';

/**
 * Democratic Services confirm that a member is gone: a feed alone ends nobody's membership. Nothing is deleted, and
 * the member still signs in, to read and confirm.
 * @param on the last day of the term, `YYYY-MM-DD`; today if left out
 */
export const confirmGone = (ctx: Ctx, id: string, on: string | undefined): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const before = await register.lockCouncillor(trx, ctx.ability, id);
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    assertUnhindered(keepRegister, { kind: 'Register' }, { leaving: before.standing });
    const now = ctx.now();
    const { standing, term } = goneMember(before, on ?? londonDate(now), now);
    await changeRegister(
      trx,
      before.id,
      now,
      register.changingCouncillor(trx, before.id, { standing, term }),
    );
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'councillor.departed',
      subject: `councillor:${before.id}`,
      decision: { to: term.to },
    });
    await reportFoundAfterwards(trx, ctx, before.id);
    return before.id;
  });
