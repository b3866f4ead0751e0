import { inTransaction } from '../../db/core/connection.js';
import { listCouncillors as load } from '../../db/register/councillors.js';
import type { Councillor } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';

/** A page of the councillors this person may read, by name; the listing is one entry on the trail. */
export const listCouncillors = (ctx: Ctx, given: Parameters<typeof load>[2]): Promise<Shown<Councillor>> =>
  inTransaction(ctx.db, async (trx) => {
    const page = shown(await load(trx, ctx.ability, { ...given, limit: given.limit + 1 }), given.limit);
    trace(trx, ctx, null, {
      type: 'councillor.listed',
      subject: 'councillors',
      decision: { shown: page.items.length },
    });
    return page;
  });
