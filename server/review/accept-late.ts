import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { dueOf } from '../../policies/request/clock.js';
import { acceptLate as command } from '../../policies/review/commands.js';
import { lateAccepted, reviewUpheld } from '../../policies/review/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentLate } from './bodies.js';

/**
 * The Monitoring Officer, or the person who acts in their place, says whether a review that was asked for late is heard: for
 * good reason, and never a person who signed it or ended it. Accepted, it has its own time from now; not accepted, it is
 * over, and the councillor is told where they can turn next (need-to-know.md, section 4).
 */
export const acceptLate = (ctx: Ctx, reference: string, given: SentLate): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const { version, review } = row;
    const acting = permit(command, ctx, file, { version: given.version });
    const isAccepted = given.outcome === 'accepted';
    const said = { reasons: given.reasons, personId: ctx.actor.id, at };
    await (isAccepted
      ? reviews.acceptingLate(trx, row, said)
      : reviews.closingReview(trx, row, {
          ...said,
          outcome: 'too_late',
          capacity: acting.capacity,
          deputyFor: acting.deputyFor?.id ?? null,
        }));
    const heard = review && isAccepted ? { ...review, late: { acceptedAt: at } } : null;
    const due = heard && (dueOf(ctx.settings, { ...row, review: heard })?.at ?? null);
    await requests.save(trx, row.id, { dueOn: due });
    keepReading(trx, ctx, row);
    const entry = record(trx, ctx, acting, {
      type: 'review.late_weighed',
      subject: reference,
      decision: { version, outcome: given.outcome, due },
      reasons: given.reasons,
    });
    const notice = isAccepted
      ? lateAccepted(reference, row.councillorId, due)
      : reviewUpheld(reference, row.councillorId);
    notify(trx, ctx, entry, notice);
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
