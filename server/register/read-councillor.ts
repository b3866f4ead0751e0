import { inTransaction } from '../../db/core/connection.js';
import { readCouncillor as load } from '../../db/register/councillors.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Councillor } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { trace } from '../case/trail.js';

/** One councillor of the register. @throws NotFound */
export const readCouncillor = (ctx: Ctx, id: string): Promise<Councillor> =>
  inTransaction(ctx.db, async (trx) => {
    const councillor = await load(trx, ctx.ability, id);
    if (!councillor) throw new NotFound();
    trace(trx, ctx, null, { type: 'councillor.read', subject: `councillor:${councillor.id}` });
    return councillor;
  });
