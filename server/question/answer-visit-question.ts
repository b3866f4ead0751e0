import { inTransaction } from '../../db/core/connection.js';
import { findVisit, lockAskedAbout } from '../../db/grant/grants.js';
import { answer, findQuestion } from '../../db/question/visit-questions.js';
import { permit } from '../../policies/permission/permit.js';
import { respond } from '../../policies/question/commands.js';
import { questionAnswered } from '../../policies/question/notices.js';
import type { Ctx } from '../case/ctx.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { standing } from '../../policies/visit/visit-standing.js';
import type { SentResponse } from './bodies.js';

/**
 * Children's Services answer a question or a challenge, once, and say whether it went to the committee.
 * @returns the question's id
 */
export const answerVisitQuestion = (
  ctx: Ctx,
  id: string,
  { text, toCommittee }: SentResponse,
): Promise<string> => {
  screened(ctx, { text });
  return inTransaction(ctx.db, async (trx) => {
    await lockAskedAbout(trx, ctx.ability, id);
    const question = await findQuestion(trx, id);
    // Who may not read the visit may not read its questions: then it is not there at all.
    const { visit: known } = await findVisit(trx, ctx.ability, question.visitId);
    const at = ctx.now();
    const visit = standing(known, at);
    const acting = permit(respond, ctx, visit, { now: at, question });
    await answer(trx, id, { text, toCommittee, at, by: ctx.actor.id });
    keepsReading(trx, ctx, acting, visit.reference);
    const entry = record(trx, ctx, acting, {
      type: 'question.answered',
      subject: visit.reference,
      decision: { visit: visit.id, question: id, toCommittee },
    });
    notify(trx, ctx, entry, questionAnswered(visit.reference, visit.councillorId));
    return id;
  });
};
