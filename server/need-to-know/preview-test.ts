import { authorise } from '../../policies/permission/ability.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import { foreignItems, type Answers } from '../../policies/need-to-know/answers.js';
import { needToKnow, type TestResult } from '../../policies/need-to-know/test.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import { invalid } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { screened, textOfAnswer } from '../case/screened.js';

export interface Preview {
  readonly observationType: ObservationTypeKey;
  readonly events: number;
  readonly now?: Date | undefined;
  readonly eventAt?: Date | undefined;
  readonly answers: Answers;
}

/** Tries the test on made-up answers, for an officer. Stores nothing. */
export const previewTest = (
  ctx: Ctx,
  { answers, observationType, events, now, eventAt }: Preview,
): TestResult => {
  const given = Object.entries(answers);
  // Nothing is saved, so that there is nothing to consider.
  screened(
    { now: ctx.now },
    Object.assign({}, ...given.map(([key, answer]) => textOfAnswer(answer, `answers.${key}.`))) as Record<
      string,
      string
    >,
  );
  authorise(ctx.ability, 'create', { kind: 'Preview' });
  const foreign = given.flatMap(([key, answer]) =>
    foreignItems(key as QuestionKey, observationType, answer, `answers.${key}`),
  );
  if (foreign.length > 0) throw invalid('type_items', foreign);
  return needToKnow({
    observationType,
    events,
    answers,
    now: now ?? ctx.now(),
    eventAt,
    calendar: ctx.settings,
    neverObserved: ctx.settings.choices.neverObserved,
  });
};
