import { inTransaction } from '../../db/connection.js';
import { listCouncillors as load } from '../../db/councillors.js';
import type { Councillor } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { shown, type Shown } from '../casework/shown.js';
import { trace } from '../casework/trail.js';

/** A page of the councillors this person may read, by name; the listing is one entry on the trail. */
export const listCouncillors = (ctx: Ctx, given: Parameters<typeof load>[2]): Promise<Shown<Councillor>> =>
  inTransaction(ctx.db, async (trx) => {
    const page = shown(await load(trx, ctx.ability, { ...given, limit: given.limit + 1 }), given.limit);
    await trace(trx, ctx, null, {
      type: 'councillor.listed',
      subject: 'councillors',
      decision: { shown: page.items.length },
    });
    return page;
  });
