import { inTransaction } from '../../db/core/connection.js';
import { lockVisit } from '../../db/grant/grants.js';
import { insertQuestion } from '../../db/question/visit-questions.js';
import { deadline } from '../../policies/core/time/deadlines.js';
import { permit } from '../../policies/permission/permit.js';
import { ask } from '../../policies/question/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { questionAsked } from '../../policies/question/notices.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { standing } from '../../policies/visit/visit-standing.js';
import type { SentQuestion } from './bodies.js';

/**
 * The councillor puts a question or a challenge, after the visit and through the agreed protocol (report
 * 10.39). The host sees to the answer, which has a due date.
 * @returns the visit's id
 */
export const askQuestion = (ctx: Ctx, id: string, { kind, text }: SentQuestion): Promise<string> => {
  screened(ctx, { text });
  return inTransaction(ctx.db, async (trx) => {
    const { visit: known } = await lockVisit(trx, ctx.ability, id);
    const at = ctx.now();
    const visit = standing(known, at);
    const acting = permit(ask, ctx, visit, { now: at });
    if (visit.hostId === null) throw new Error('A visit of a grant has a host.');
    const due =
      deadline(ctx.settings, 'answer_question', at, ctx.settings.periods.answerQuestion, []).at ??
      londonDate(at);
    const question = await insertQuestion(trx, visit.id, {
      kind,
      text,
      at,
      by: ctx.actor.id,
      ownerId: visit.hostId,
      dueOn: due,
    });
    const entry = record(trx, ctx, acting, {
      type: 'question.asked',
      subject: visit.reference,
      decision: { visit: visit.id, question, kind, due },
    });
    notify(trx, ctx, entry, questionAsked(visit.reference, visit.hostId, due));
    return visit.id;
  });
};
