/** What follows for a grant whose conditions a review set aside: need-to-know.md, section 4. */
import type { Knex } from 'knex';
import { endGrant } from '../../../db/grant/grant-ends.js';
import { grantToReplace } from '../../../db/review/afresh.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import type { Ctx } from '../../case/ctx.js';
import { notify } from '../../case/notify.js';
import { record } from '../../case/record.js';
import { notifyEnd, visitsOff } from './grant-end.js';

/**
 * The request that is decided afresh has been approved: the grant whose conditions were reviewed ends, so that nothing is
 * granted twice. Its visits that were still to come end with it.
 */
export const endReplaced = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  row: Pick<ObservationRequest, 'id' | 'reference' | 'remittedAt'>,
): Promise<void> => {
  if (row.remittedAt === null) return;
  const replaced = await grantToReplace(trx, row.id);
  if (replaced === null) return;
  const reasons = `The conditions were looked at afresh, and request ${row.reference} was approved in its place.`;
  const cause = 'council_decision';
  const visits = await endGrant(trx, replaced.id, {
    at: ctx.now(),
    because: 'revoked',
    reasons,
    cause,
    told: reasons,
    by: ctx.actor.id,
  });
  const entry = record(trx, ctx, acting, {
    type: 'grant.revoked',
    subject: replaced.reference,
    decision: { frozen: replaced.frozen, visits: visits.length, cause, replacedBy: row.reference },
    reasons,
  });
  notifyEnd(trx, ctx, entry, replaced);
  for (const notice of visitsOff(replaced, visits)) notify(trx, ctx, entry, notice);
};
