import { inTransaction } from '../../db/core/connection.js';
import { together } from '../../db/core/together.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { direct } from '../../policies/review/commands.js';
import { assertDirectionDate } from '../../policies/review/review.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { remit } from './remit.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { SentDirection } from './bodies.js';
import { isUnderReview, reviewableSince } from '../../policies/request/reviewed.js';

/**
 * The Monitoring Officer records the direction of a committee or a court, with its minute. A recommendation has the request
 * decided afresh, as a review may; an order is carried out. Either replaces a review that still waits.
 */
export const recordDirection = (ctx: Ctx, reference: string, given: SentDirection): Promise<CaseFile> => {
  screened(ctx, { body: given.body, minute: given.minute });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const { version } = row;
    const acting = permit(direct, ctx, file, { version: given.version });
    const endedAt = reviewableSince(row);
    if (!endedAt) throw new Error('What is refused or closed has ended.');
    const at = ctx.now();
    assertDirectionDate(given.date, endedAt, at);
    const by = { personId: ctx.actor.id, capacity: acting.capacity, at };
    const waits = isUnderReview(row);
    const deputyFor = acting.deputyFor?.id ?? null;
    const superseded = { ...by, outcome: 'superseded', reasons: null, deputyFor } as const;
    const { body, date, minute, effect = 'recommendation' } = given;
    await together(trx, [
      ...(waits ? [reviews.closingReview(trx, row, superseded)] : []),
      reviews.addingDirection(trx, row, { ...by, body, date, minute, effect }),
    ]);
    keepReading(trx, ctx, row);
    record(trx, ctx, acting, {
      type: 'request.directed',
      subject: reference,
      decision: { version, date, effect, supersedes: waits },
      reasons: `${body}, ${minute}`,
    });
    await remit(trx, ctx, row, { acting, because: effect === 'order' ? 'order' : 'direction' });
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
