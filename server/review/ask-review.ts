import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as reviews from '../../db/review/reviews.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { askReview as command } from '../../policies/review/commands.js';
import { reviewAsked } from '../../policies/review/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentReview } from './bodies.js';

/**
 * The councillor asks for a review of a refusal or an end, once for each: within the time that the council allows, or after
 * it with the reason why it is late.
 */
export const askReview = (ctx: Ctx, reference: string, given: SentReview): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons, late: given.late });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const { version } = row;
    const late = given.late ?? null;
    const acting = permit(command, ctx, file, { version: given.version, late: late !== null });
    const at = ctx.now();
    await reviews.askReview(trx, row, { reasons: given.reasons, late, personId: ctx.actor.id, at });
    const review = {
      version,
      askedAt: at,
      outcome: null,
      decidedAt: null,
      late: late === null ? null : { acceptedAt: null },
    };
    const due = dueOf(ctx.settings, { ...row, review })?.at ?? null;
    await requests.save(trx, row.id, { dueOn: due });
    const entry = record(trx, ctx, acting, {
      type: 'review.requested',
      subject: reference,
      decision: { version, due, late: late !== null },
      reasons: late === null ? given.reasons : `${given.reasons}\n\n${late}`,
    });
    notify(trx, ctx, entry, reviewAsked(reference, due));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
