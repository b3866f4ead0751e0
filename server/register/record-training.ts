import { inTransaction } from '../../db/core/connection.js';
import * as register from '../../db/register/register.js';
import { changeRegister } from '../../db/register/register-history.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { keepRegister } from '../../policies/register/commands.js';
import { assertTraining, type TrainingKind } from '../../policies/register/register-keeping.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, record } from '../case/record.js';

/** Democratic Services enter training, or that a DBS check was made; never the content of a certificate. */
export const recordTraining = (
  ctx: Ctx,
  id: string,
  given: { readonly kind: TrainingKind; readonly completed: string; readonly expires: string },
): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const councillor = await register.lockCouncillor(trx, ctx.ability, id);
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    assertTraining(given, ctx.now());
    await changeRegister(trx, councillor.id, ctx.now(), [register.addingTraining(trx, councillor.id, given)]);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'training.recorded',
      subject: `councillor:${councillor.id}`,
      decision: { kind: given.kind, completed: given.completed, expires: given.expires },
    });
    return councillor.id;
  });
