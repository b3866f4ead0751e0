import { inTransaction } from '../../db/connection.js';
import { listCouncillors as load } from '../../db/councillors.js';
import type { Councillor } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { trace } from './trail.js';

/** A page of the councillors this person may read, by name; the listing is one entry on the trail. */
export const listCouncillors = (ctx: Ctx, page: Parameters<typeof load>[2]): Promise<Councillor[]> =>
  inTransaction(ctx.db, async (trx) => {
    const councillors = await load(trx, ctx.ability, page);
    await trace(trx, ctx, null, {
      type: 'councillor.listed',
      subject: 'councillors',
      decision: { shown: Math.min(councillors.length, page.limit) },
    });
    return councillors;
  });
