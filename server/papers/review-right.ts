import { inTransaction } from '../../db/core/connection.js';
import * as papers from '../../db/papers/papers.js';
import * as requests from '../../db/request/requests.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import {
  askRightReview as askCommand,
  decideRightReview as decideCommand,
} from '../../policies/papers/commands.js';
import { rightReviewDecided, rightReviewRequested } from '../../policies/papers/notices.js';
import type { RecordedRight } from '../../policies/papers/on-record.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { deadline } from '../../policies/core/time/deadlines.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentRightReview, SentRightReviewDecision } from './bodies.js';

const lastOf = ({ row, papers: { rights } }: CaseFile): RecordedRight => {
  const last = rights.findLast(({ version }) => version === row.version);
  if (last === undefined) throw new Error('A right that is reviewed was recorded first.');
  return last;
};

/** The councillor asks to have the finding reviewed that the right they claimed does not exist. */
export const askRightReview = (ctx: Ctx, reference: string, given: SentRightReview): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const acting = permit(askCommand, ctx, file, { version: given.version });
    const at = ctx.now();
    await papers.askingRightReview(trx, lastOf(file), { at, reasons: given.reasons });
    const entry = record(trx, ctx, acting, {
      type: 'right.review_requested',
      subject: reference,
      decision: { version: file.row.version },
      reasons: given.reasons,
    });
    const due = deadline(ctx.settings, 'review', at, ctx.settings.periods.review, []);
    notify(trx, ctx, entry, rightReviewRequested(reference, due.at));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};

/**
 * The Monitoring Officer upholds that finding, or has Legal make it afresh; never somebody who made or confirmed it
 * (need-to-know.md, sections 3a and 4).
 */
export const decideRightReview = (
  ctx: Ctx,
  reference: string,
  given: SentRightReviewDecision,
): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(decideCommand, ctx, file, { version: given.version, by: ctx.actor.id });
    const reviewed = lastOf(file);
    const { outcome, reasons } = given;
    await papers.decidingRightReview(trx, reviewed, {
      outcome,
      reasons,
      personId: ctx.actor.id,
      capacity: acting.capacity,
      at: ctx.now(),
    });
    const right = outcome === 'remitted' ? null : row.statutoryRight;
    const dueOn = dueOf(ctx.settings, { ...row, statutoryRight: right })?.at ?? null;
    await requests.save(trx, row.id, { actedBy: ctx.actor.id, dueOn });
    keepReading(trx, ctx, row);
    const entry = record(trx, ctx, acting, {
      type: 'right.review_decided',
      subject: reference,
      decision: { version: row.version, outcome },
      reasons,
    });
    for (const notice of rightReviewDecided(reference, row.councillorId, outcome)) {
      notify(trx, ctx, entry, notice);
    }
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
