import { inTransaction } from '../../db/core/connection.js';
import { type DisposalRow, findDisposal } from '../../db/retention/disposals.js';
import { authorise } from '../../policies/core/ability.js';
import { aboutDisposal, asProposal } from './disposal.js';
import { trace } from '../case/trail.js';
import type { Ctx } from '../case/ctx.js';

/** One proposal, or the certificate of what was disposed of; the reading is recorded. @throws NotFound */
export const readDisposal = (ctx: Ctx, id: string): Promise<DisposalRow> =>
  inTransaction(ctx.db, async (trx) => {
    const disposal = await findDisposal(trx, id);
    authorise(ctx.ability, 'read', asProposal(disposal));
    trace(trx, ctx, null, { type: 'retention.certificate_read', subject: aboutDisposal(id) });
    return disposal;
  });
