import { inTransaction } from '../../db/core/connection.js';
import { readCouncillors } from '../../db/register/councillors.js';
import type { Councillor } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { trace } from '../case/trail.js';

/** Those whom an import listed as gone, as they are now: it is confirmed of each alone. */
export const listGone = (ctx: Ctx, ids: readonly string[]): Promise<Councillor[]> =>
  inTransaction(ctx.db, async (trx) => {
    const listed = await readCouncillors(trx, ctx.ability, ids);
    trace(trx, ctx, null, {
      type: 'councillor.listed',
      subject: 'councillors',
      decision: { shown: listed.length },
    });
    return listed;
  });
