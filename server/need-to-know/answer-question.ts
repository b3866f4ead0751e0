import { isDeepStrictEqual } from 'node:util';
import * as assessments from '../../db/need-to-know/assessments.js';
import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/deadline/clock.js';
import { permit } from '../../policies/core/commands.js';
import { foreignItems, type Answer } from '../../policies/need-to-know/answers.js';
import { question, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { seatsVoided, signOffEnded } from '../../policies/core/notices.js';
import { contradiction } from '../../policies/register/register.js';
import { conflict, invalid } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { assertNoReasonOfRefusal } from '../../policies/visit/visiting.js';
import { screened, textOfAnswer } from '../case/screened.js';
import { tell, trace } from '../case/trail.js';
import { factsOf } from '../case/weigh.js';

/**
 * The office of a question answers it, or confirms an answer that was carried over. An answer that
 * contradicts the register is refused; a changed answer voids the version's sign-offs.
 */
export const answerQuestion = (
  ctx: Ctx,
  reference: string,
  key: QuestionKey,
  version: number,
  answer: Answer,
): Promise<string> => {
  screened(ctx, textOfAnswer(answer));
  assertNoReasonOfRefusal(key, answer);
  return inTransaction(ctx.db, async (trx) => {
    const row = await requests.lock(trx, ctx.ability, reference);
    const acting = permit('answer', ctx, row, { version, office: question(key).office });
    const at = ctx.now();
    const contradicts = contradiction(await factsOf(trx, row, at), key, answer);
    if (contradicts) throw conflict('register', `${contradicts} Correct the register first.`);
    const foreign = row.observationType ? foreignItems(key, row.observationType, answer, '') : [];
    if (foreign.length > 0) throw invalid('type_items', foreign);

    const before = (await assessments.answersOf(trx, row)).find((given) => given.question === key);
    const same =
      before !== undefined &&
      isDeepStrictEqual(before.answer, answer.answer) &&
      isDeepStrictEqual(before.reason, answer.reason);
    if (same && before.confirmed) {
      // Nothing changes, and yet the test is shown: that is a reading.
      await trace(trx, ctx, acting, { type: 'assessment.read', subject: reference, decision: { version } });
      return reference;
    }

    await assessments.putAnswer(trx, row, key, answer, { personId: ctx.actor.id, ...acting, at });
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    await trace(trx, ctx, acting, {
      type: 'request.answered',
      subject: reference,
      decision: { version, question: key, answer: coded(answer), changed: before !== undefined && !same },
      reasons: reasonsOf(answer),
    });
    const voided = same ? [] : await signOffs.voidSeats(trx, row, { at, because: 'answer_changed' });
    if (voided.length > 0) {
      const entry = await trace(trx, ctx, acting, {
        type: 'request.seats_voided',
        subject: reference,
        decision: {
          version,
          offices: voided.map(({ office }) => office).toSorted(),
          because: 'answer_changed',
        },
      });
      const due = dueOf(ctx.settings, row)?.at ?? null;
      await tell(
        trx,
        ctx,
        entry,
        seatsVoided(
          reference,
          voided.map(({ personId }) => personId),
          due,
        ),
      );
      // Both had signed, so Legal was asked to decide: not any more.
      if (voided.length > 1) await tell(trx, ctx, entry, signOffEnded(reference, ['legal'], due));
    }
    return reference;
  });
};

/** The answer's coded values; a lawful route is free text and stands with the reasons. */
const coded = ({ answer }: Answer): string | Record<string, string> | string[] => {
  if (typeof answer === 'string') return answer;
  return Array.isArray(answer)
    ? answer.map(({ bar }) => bar as string)
    : { ...(answer as Record<string, string>) };
};

const reasonsOf = ({ answer, reason }: Answer): string | undefined => {
  const routes = Array.isArray(answer)
    ? answer.flatMap(({ bar, lawfulRoute }) => (lawfulRoute ? [`${bar}: ${lawfulRoute}`] : []))
    : [];
  const reasons =
    typeof reason === 'object'
      ? Object.entries(reason).map(([item, text]) => `${item}: ${text}`)
      : [reason ?? ''];
  return [...routes, ...reasons].filter(Boolean).join('\n') || undefined;
};
