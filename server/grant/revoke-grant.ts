import { inTransaction } from '../../db/core/connection.js';
import { endGrant } from '../../db/grant/grant-ends.js';
import { lockRecord } from '../../db/grant/grants.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { permit } from '../../policies/permission/permit.js';
import { revoke } from '../../policies/grant/commands.js';
import type { Ctx } from '../case/ctx.js';
import { notifyEnd, visitsOff } from './follows/grant-end.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentRevocation } from './bodies.js';

/**
 * Ends a grant at once, with reasons: any of the three offices, the host, or Data Protection. The visits
 * that were still to come end with it, and the councillor is told one coded cause (need-to-know.md, section 6).
 * @returns the grant's id
 */
export const revokeGrant = (
  ctx: Ctx,
  id: string,
  { reasons, told, cause = 'council_decision', otherFacts: other }: SentRevocation,
): Promise<string> => {
  screened(ctx, { reasons, told });
  const otherFacts = other === true;
  return inTransaction(ctx.db, async (trx) => {
    const known = await lockRecord(trx, ctx.ability, id);
    const at = ctx.now();
    const grant = grantAt(known, at);
    const acting = permit(revoke, ctx, grant, { now: at, cause, otherFacts });
    const visits = await endGrant(trx, grant.id, {
      at,
      because: 'revoked',
      reasons,
      cause,
      told: told ?? null,
      otherFacts,
      by: ctx.actor.id,
    });
    keepsReading(trx, ctx, acting, grant.reference);
    const entry = record(trx, ctx, acting, {
      type: 'grant.revoked',
      subject: grant.reference,
      decision: {
        frozen: grant.frozenAt !== null,
        visits: visits.length,
        cause,
        ...(otherFacts ? { otherFacts } : {}),
      },
      reasons,
    });
    notifyEnd(trx, ctx, entry, grant);
    for (const notice of visitsOff(grant, visits)) notify(trx, ctx, entry, notice);
    return grant.id;
  });
};
