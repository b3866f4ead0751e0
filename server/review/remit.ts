import type { Knex } from 'knex';
import { together } from '../../db/core/together.js';
import * as assessments from '../../db/need-to-know/assessments.js';
import * as reviews from '../../db/review/reviews.js';
import { dueOf } from '../../policies/request/clock.js';
import { ordered, remitted } from '../../policies/review/notices.js';
import type { Acting } from '../../policies/people/actor.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * Sends a refused request back to be decided afresh: the same text as a new version, with its own deadline, its
 * answers carried over for confirmation, for people who have not signed it (need-to-know.md, section 4).
 * @param because the reason: a review, or none that the councillor asked for, or a direction
 */
export const remit = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  row: ObservationRequest,
  {
    acting,
    because,
  }: { readonly acting: Acting; readonly because: 'review' | 'unasked' | 'direction' | 'order' },
): Promise<void> => {
  const at = ctx.now();
  const due = dueOf(ctx.settings, { ...row, status: 'submitted', remittedAt: at })?.at ?? null;
  const version = row.version + 1;
  await together(trx, reviews.remittingAsNewVersion(trx, row, { at, dueOn: due }));
  await assessments.carryOver(trx, row.id, row.version, version);
  const entry = record(trx, ctx, acting, {
    type: 'request.remitted',
    subject: row.reference,
    decision: { version, from: row.version, because, due },
  });
  const notices = because === 'order' ? ordered : remitted;
  for (const notice of notices(row.reference, row.councillorId, due)) notify(trx, ctx, entry, notice);
};
