import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { direct } from '../../policies/review/commands.js';
import { assertDirectionDate } from '../../policies/review/review.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { decideAfresh } from './decide-afresh.js';
import { remit } from './remit.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { SentDirection } from './bodies.js';
import { isUnderReview, reviewableSince } from '../../policies/request/reviewed.js';

/**
 * The Monitoring Officer records the direction of a court, the council or a committee, with its minute. A recommendation has
 * the request decided afresh, as a review may; an order is carried out. Either replaces a review that still waits. Where it is
 * about an end, nothing is revived: it is done on a new request.
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
    // Of the three a committee binds least: it may itself rescind what it decided.
    const { body, date, minute, effect = 'recommendation', givenBy = 'committee' } = given;
    const because = effect === 'order' ? 'order' : 'direction';
    if (waits) await reviews.closingReview(trx, row, superseded);
    const ofEnd = row.status === 'approved';
    const afresh = ofEnd ? await decideAfresh(trx, ctx, row, { acting, because }) : null;
    await reviews.addingDirection(trx, row, { ...by, body, date, minute, effect, givenBy, afresh });
    keepReading(trx, ctx, row);
    record(trx, ctx, acting, {
      type: 'request.directed',
      subject: reference,
      decision: { version, date, effect, givenBy, supersedes: waits },
      reasons: `${body}, ${minute}`,
    });
    if (ofEnd) await requests.save(trx, row.id, { dueOn: null });
    else await remit(trx, ctx, row, { acting, because });
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
