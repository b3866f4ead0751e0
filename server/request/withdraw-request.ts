import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/core/commands.js';
import { withdrawn } from '../../policies/core/notices.js';
import type { Ctx } from '../case/ctx.js';
import { tell, trace } from '../case/trail.js';

/** The councillor takes a request back before it is decided. A draft taken back is still theirs alone to read. */
export const withdrawRequest = (ctx: Ctx, reference: string, version: number): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const row = await requests.lock(trx, ctx.ability, reference);
    const acting = permit('withdraw', ctx, row, { version });
    await requests.save(trx, row.id, { status: 'withdrawn', withdrawnAt: ctx.now(), dueOn: null });
    const entry = await trace(trx, ctx, acting, {
      type: 'request.withdrawn',
      subject: reference,
      decision: { version },
    });
    if (row.submitted) await tell(trx, ctx, entry, withdrawn(reference, row.hostId));
    return reference;
  });
