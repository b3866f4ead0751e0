import { inTransaction } from '../../db/connection.js';
import { findGrant } from '../../db/grants.js';
import type { Grant } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { trace } from '../casework/trail.js';

/** One grant with the facts its limits rest on. @throws NotFound */
export const readGrant = (ctx: Ctx, id: string): Promise<Grant> =>
  inTransaction(ctx.db, async (trx) => {
    const grant = await findGrant(trx, ctx.ability, id, ctx.now());
    await trace(trx, ctx, null, { type: 'grant.read', subject: grant.reference });
    return grant;
  });
