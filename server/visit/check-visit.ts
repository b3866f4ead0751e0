import { inTransaction } from '../../db/core/connection.js';
import { lockVisit } from '../../db/grant/grants.js';
import { addCheck, endVisit } from '../../db/visit/visits.js';
import { permit } from '../../policies/permission/permit.js';
import { check } from '../../policies/visit/commands.js';
import { foreignItems, type Answer } from '../../policies/need-to-know/answers.js';
import { barsAsked, visitOff } from '../../policies/visit/notices.js';
import { invalid } from '../../policies/core/rules.js';
import type { Visit, VisitCheck } from '../../policies/visit/visit.js';
import { checkFinding } from '../../policies/visit/visit-access.js';
import { assertNoReasonOfRefusal, effectOf, reportOf } from '../../policies/visit/visiting.js';
import type { Ctx } from '../case/ctx.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened, textOfAnswer } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { answersFor } from './present/answers-for.js';
import { standing } from '../../policies/visit/visit-standing.js';

/**
 * The host or Children's Services answer for links and agreements, often on the morning of the visit; Legal answer for the
 * bars of law, and the others report the bars that they see, which asks Legal again. An answer that blocks, or a refusal by
 * the family or the child, ends the visit at once: it uses no event, the grant stands, nobody keeps a reason, and the
 * councillor hears only that the visit does not take place.
 * @returns the visit's id
 */
export const checkVisit = (ctx: Ctx, id: string, question: VisitCheck, answer: Answer): Promise<string> => {
  assertNoReasonOfRefusal(question, answer);
  screened(ctx, textOfAnswer(answer));
  return inTransaction(ctx.db, async (trx) => {
    const { visit: known } = await lockVisit(trx, ctx.ability, id);
    const at = ctx.now();
    const visit = standing(known, at);
    const acting = permit(check, ctx, visit, {
      now: at,
      checking: question,
      office: question === 'legal_bars' && answersFor(ctx, visit, question) ? 'legal' : undefined,
    });
    const foreign = foreignItems(question, visit.observationType, answer, '');
    if (foreign.length > 0) throw invalid('type_items', foreign);
    const done = { at, by: ctx.actor.id, acting };
    if (question === 'legal_bars' && acting.office !== 'legal') {
      const reported = reportOf(answer);
      await addCheck(trx, visit.id, question, { ...reported, reported: true }, done);
      keepsReading(trx, ctx, acting, visit.reference);
      const names = Array.isArray(reported.answer) && reported.answer.length > 0;
      const entry = record(trx, ctx, acting, {
        type: 'visit.checked',
        subject: visit.reference,
        decision: { visit: visit.id, question, result: names ? 'reported' : 'nothing_reported' },
      });
      if (names) notify(trx, ctx, entry, barsAsked(visit.reference));
      return visit.id;
    }

    const { ends, endsJourney } = effectOf(visit, question, answer, at, ctx.settings);
    // A blocking answer needs no reason to block, so store less.
    const kept: Answer = ends ? { answer: answer.answer } : answer;
    await addCheck(trx, visit.id, question, { ...kept, reported: false }, done);
    const answered: Visit = { ...visit, checks: { ...visit.checks, [question]: kept } };
    // The trail is read by offices that may not know who said no: it has the result alone.
    const { result } = checkFinding(question, answered, at, ctx.settings, ctx.settings.choices.neverObserved);
    keepsReading(trx, ctx, acting, visit.reference);
    record(trx, ctx, acting, {
      type: 'visit.checked',
      subject: visit.reference,
      decision: { visit: visit.id, question, result },
    });
    if (ends) {
      await endVisit(trx, visit.id, { at, because: ends, endsJourney });
      const entry = record(trx, ctx, acting, {
        type: 'visit.ended',
        subject: visit.reference,
        decision: { visit: visit.id, date: visit.date },
      });
      notify(trx, ctx, entry, visitOff(visit));
    }
    return visit.id;
  });
};
