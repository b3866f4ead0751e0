import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { decideReview as command } from '../../policies/review/commands.js';
import { reviewUpheld } from '../../policies/review/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { decideAfresh } from './decide-afresh.js';
import { remit } from './remit.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentReviewDecision } from './bodies.js';

/**
 * The Monitoring Officer, or the person who acts in their place, upholds the refusal or the end, or has it decided afresh;
 * never a person who signed it or ended it (need-to-know.md, section 4).
 */
export const decideReview = (ctx: Ctx, reference: string, given: SentReviewDecision): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const { version } = row;
    const acting = permit(command, ctx, file, { version: given.version });
    await reviews.closingReview(trx, row, {
      outcome: given.outcome,
      reasons: given.reasons,
      personId: ctx.actor.id,
      capacity: acting.capacity,
      deputyFor: acting.deputyFor?.id ?? null,
      at: ctx.now(),
    });
    keepReading(trx, ctx, row);
    const entry = record(trx, ctx, acting, {
      type: 'review.decided',
      subject: reference,
      decision: { version, outcome: given.outcome },
      reasons: given.reasons,
    });
    if (given.outcome === 'remitted' && row.status !== 'approved') {
      await remit(trx, ctx, row, { acting, because: 'review' });
    } else {
      await requests.save(trx, row.id, { dueOn: null });
      if (given.outcome === 'upheld') notify(trx, ctx, entry, reviewUpheld(reference, row.councillorId));
      else await decideAfresh(trx, ctx, row, { acting, because: 'review' });
    }
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
