import { inTransaction } from '../../db/connection.js';
import { readCouncillors } from '../../db/councillors.js';
import type { Councillor } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { trace } from '../casework/trail.js';

/** Those whom an import listed as gone, as they are now: it is confirmed of each alone. */
export const listGone = (ctx: Ctx, ids: readonly string[]): Promise<Councillor[]> =>
  inTransaction(ctx.db, async (trx) => {
    const listed = await readCouncillors(trx, ctx.ability, ids);
    await trace(trx, ctx, null, {
      type: 'councillor.listed',
      subject: 'councillors',
      decision: { shown: listed.length },
    });
    return listed;
  });
