import type { Knex } from 'knex';
import { insertAfresh } from '../../db/review/afresh.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Acting } from '../../policies/people/actor.js';
import { dueOf } from '../../policies/request/clock.js';
import { hostNamed } from '../../policies/request/notices.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { ordered, remitted } from '../../policies/review/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * An end was set aside, by a review or a direction. The grant stays ended, as nothing is revived: a new request with the same text is decided afresh,
 * with its own deadline, by people who neither signed nor ended nor reviewed what came before (need-to-know.md, section 4). What is ordered is carried out on it.
 * @returns its reference
 */
export const decideAfresh = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  row: ObservationRequest,
  { acting, because }: { readonly acting: Acting; readonly because: 'review' | 'direction' | 'order' },
): Promise<string> => {
  const at = ctx.now();
  const asked = { status: 'submitted', submittedAt: at, returns: [] } as const;
  const due = dueOf(ctx.settings, asked)?.at ?? null;
  const year = londonDate(at).slice(0, 4);
  const reference = await insertAfresh(trx, row, {
    reviewer: because === 'review' ? ctx.actor.id : null,
    at,
    year,
    dueOn: due,
  });
  const entry = record(trx, ctx, acting, {
    type: 'request.opened',
    subject: reference,
    decision: { from: row.reference, because, due },
  });
  const notices = because === 'order' ? ordered : remitted;
  for (const notice of notices(reference, row.councillorId, due)) notify(trx, ctx, entry, notice);
  if (row.hostId !== null) notify(trx, ctx, entry, hostNamed(reference, row.hostId));
  return reference;
};
