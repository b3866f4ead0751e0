import { inTransaction } from '../../db/core/connection.js';
import { type DisposalRow, listDisposals as load } from '../../db/retention/disposals.js';
import { authorise } from '../../policies/core/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';
import { retentionSubject } from './read-retention.js';

/** A page of proposals and of what came of them, newest first; the reading is recorded. @throws NotFound */
export const listDisposals = (ctx: Ctx, given: Parameters<typeof load>[1]): Promise<Shown<DisposalRow>> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Disposal', councillorId: null });
    const page = shown(await load(trx, { ...given, limit: given.limit + 1 }), given.limit);
    trace(trx, ctx, null, {
      type: 'retention.read',
      subject: retentionSubject,
      decision: { shown: page.items.length },
    });
    return page;
  });
