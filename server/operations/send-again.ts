import { inTransaction } from '../../db/core/connection.js';
import { putBack } from '../../db/operations/dead-letters.js';
import { authorise } from '../../policies/permission/ability.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { sendAgain as command } from '../../policies/operations/commands.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, record } from '../case/record.js';

/**
 * Sends a dead letter again.
 * @returns its id
 * @throws NotFound if there is no dead letter of that id; Forbidden
 */
export const sendAgain = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Operations' });
    authoriseTo(command, ctx, { kind: 'Operations' });
    const reference = await putBack(trx, id);
    if (reference === null) throw new NotFound();
    record(trx, ctx, asKeeper(ctx.actor), { type: 'message.sent_again', subject: reference });
    return id;
  });
