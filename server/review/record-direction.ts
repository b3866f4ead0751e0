import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { direct } from '../../policies/review/commands.js';
import { assertDirectionDate } from '../../policies/review/review.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { remit } from './remit.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { SentDirection } from './bodies.js';

/**
 * The Monitoring Officer records what a committee or a court has directed about a refusal, with its minute.
 * It remits the request as a review may, and goes before a review that still waits.
 */
export const recordDirection = (ctx: Ctx, reference: string, given: SentDirection): Promise<CaseFile> => {
  screened(ctx, { body: given.body, minute: given.minute });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const { version } = row;
    const acting = permit(direct, ctx, file, { version: given.version });
    if (row.decidedAt === null) throw new Error('What is refused was decided.');
    const at = ctx.now();
    assertDirectionDate(given.date, row.decidedAt, at);
    const by = { personId: ctx.actor.id, capacity: acting.capacity, at };
    const waits = row.review?.version === version && row.review.outcome === null;
    if (waits) {
      const deputyFor = acting.deputyFor?.id ?? null;
      await reviews.closeReview(trx, row, { ...by, outcome: 'superseded', reasons: null, deputyFor });
    }
    const { body, date, minute } = given;
    await reviews.addDirection(trx, row, { ...by, body, date, minute });
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    record(trx, ctx, acting, {
      type: 'request.directed',
      subject: reference,
      decision: { version, date, outcome: 'remitted', supersedes: waits },
      reasons: `${body}, ${minute}`,
    });
    await remit(trx, ctx, row, { acting, because: 'direction' });
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
