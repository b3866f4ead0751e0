import { inTransaction } from '../../db/core/connection.js';
import { type HoldRow, listHolds as load } from '../../db/retention/holds.js';
import { authorise } from '../../policies/core/ability.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';
import type { Ctx } from '../case/ctx.js';

/** A page of legal holds, newest first; the listing is one entry on the trail. @throws NotFound */
export const listHolds = (ctx: Ctx, given: Parameters<typeof load>[2]): Promise<Shown<HoldRow>> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Hold', councillorId: '' });
    const rows = await load(trx, ctx.ability, { ...given, limit: given.limit + 1 });
    const page = shown(rows, given.limit);
    trace(trx, ctx, null, {
      type: 'hold.listed',
      subject: 'holds',
      decision: { shown: page.items.length },
    });
    return page;
  });
