import { inTransaction } from '../../db/core/connection.js';
import { lockToken, revokeToken as revoke } from '../../db/token/tokens.js';
import { londonDate } from '../../policies/core/time/london.js';
import { permit, permitOneself } from '../../policies/permission/permit.js';
import { revokeToken as command } from '../../policies/token/commands.js';
import { tokensChanged } from '../../policies/token/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * Ends a token for good: the next call with it is refused, on every node. Its owner does so, or an administrator.
 * @throws NotFound, Conflict by the rule `token_over`
 */
export const revokeToken = (ctx: Ctx, given: string): Promise<void> =>
  inTransaction(ctx.db, async (trx) => {
    const [id, at] = [given.toLowerCase(), ctx.now()];
    const token = await lockToken(trx, ctx.ability, { id, today: londonDate(at) });
    const acting = token.personId === ctx.actor.id ? null : permit(command, ctx, token, {});
    if (acting === null) permitOneself(command, ctx, token, {});
    await revoke(trx, { id, by: ctx.actor.id, at });
    const entry = record(trx, ctx, acting, { type: 'token.revoked', subject: `token:${id}` });
    notify(trx, ctx, entry, tokensChanged(token.personId));
  });
