import { inTransaction } from '../../db/core/connection.js';
import { endSessionOf } from '../../db/people/sessions.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';

/**
 * Ends one of the sessions of the person who asks: its next request is that of nobody.
 * @throws NotFound where they have no such session, though somebody else has
 */
export const endSession = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx.db, async (trx) => {
    if (!(await endSessionOf(trx, ctx.actor.id, id))) throw new NotFound();
    record(trx, ctx, null, { type: 'session.ended', subject: ctx.actor.id });
  });
