import { inTransaction } from '../../db/connection.js';
import { readCouncillor as load } from '../../db/councillors.js';
import { NotFound } from '../../policies/refusals.js';
import type { Councillor } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { trace } from '../casework/trail.js';

/** One councillor of the register. @throws NotFound */
export const readCouncillor = (ctx: Ctx, id: string): Promise<Councillor> =>
  inTransaction(ctx.db, async (trx) => {
    const councillor = await load(trx, ctx.ability, id);
    if (!councillor) throw new NotFound();
    await trace(trx, ctx, null, { type: 'councillor.read', subject: `councillor:${councillor.id}` });
    return councillor;
  });
