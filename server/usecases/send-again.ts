import { inTransaction } from '../../db/connection.js';
import { putBack } from '../../db/dead-letters.js';
import { authorise } from '../../policies/ability.js';
import { NotFound } from '../../policies/refusals.js';
import type { Ctx } from '../context.js';
import { asKeeper, trace } from '../casework/trail.js';

/**
 * Has a message that was given up sent again.
 * @returns its id
 * @throws NotFound where none of that id was given up; Forbidden
 */
export const sendAgain = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Operations' });
    authorise(ctx.ability, 'send_again', { kind: 'Operations' });
    const reference = await putBack(trx, id);
    if (reference === null) throw new NotFound();
    await trace(trx, ctx, asKeeper(ctx.actor), { type: 'message.sent_again', subject: reference });
    return id;
  });
