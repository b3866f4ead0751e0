import { inTransaction } from '../../db/core/connection.js';
import { findGrant } from '../../db/grant/grants.js';
import type { Grant } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { trace } from '../case/trail.js';

/** One grant with the facts its limits rest on. @throws NotFound */
export const readGrant = (ctx: Ctx, id: string): Promise<Grant> =>
  inTransaction(ctx.db, async (trx) => {
    const grant = await findGrant(trx, ctx.ability, id, ctx.now());
    trace(trx, ctx, null, { type: 'grant.read', subject: grant.reference });
    return grant;
  });
