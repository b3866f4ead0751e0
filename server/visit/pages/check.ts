/** The three questions of the test that are asked again for a visit. */
import { z } from 'zod';
import { atLondonTime } from '../../../policies/core/time/london.js';
import { answerSchema, type Answer } from '../../../policies/need-to-know/answers.js';
import { question as questionOf, type Circumstances } from '../../../policies/need-to-know/questions.js';
import { isNear } from '../../../policies/need-to-know/test.js';
import { observationType } from '../../../policies/core/observation-types.js';
import type { Settings } from '../../../policies/settings/settings.js';
import { visitChecks, type Visit, type VisitCheck } from '../../../policies/visit/visit.js';
import { uuid } from '../../web/schema/schemas.js';
import { paths } from '../../web/paths.js';
import { checkVisit } from '../check-visit.js';
import { answerIn, filled, offered, fieldNamesOf } from '../../need-to-know/present/answer-form.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { entered, type Form } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { check } from '../../../policies/visit/commands.js';
import { answersFor } from '../present/answers-for.js';
import { barsInWords } from '../../need-to-know/present/answer-words.js';
import { visitFor } from '../read-visit-for.js';

const bodyFor = (key: VisitCheck) => answerSchema(key).extend({ question: z.literal(key) });
const checkBody = z.discriminatedUnion('question', [
  bodyFor('connection'),
  bodyFor('agreements'),
  bodyFor('legal_bars'),
]);

const circumstancesOf = (settings: Settings, visit: Visit, now: Date): Circumstances => ({
  type: settings.type(visit.observationType),
  events: 1,
  eventIsNear: isNear(settings, now, atLondonTime(visit.date, visit.from)),
  neverObserved: settings.choices.neverObserved,
  isCoopted: false,
});

/** The possible answers, with the effect of each on a visit. */
const offeredFor = (settings: Settings, key: VisitCheck, visit: Visit, now: Date) =>
  offered(key, circumstancesOf(settings, visit, now), 'visit');

/** What the host and Children's Services report: the bars alone, for Legal say what follows. */
const withoutRoutes = (choice: ReturnType<typeof offeredFor>) =>
  choice.shape === 'any' && choice.options !== undefined
    ? { ...choice, options: choice.options.map(({ value, text }) => ({ value, text, route: null })) }
    : choice;

/**
 * Agreements have only one reason: why a party need not be asked. It belongs only to the parties with that answer, so
 * that nothing is written beside a refusal.
 */
const reasonOfNotAsking = (answer: object, form: Form): object => {
  const says = (answer as { answer?: Readonly<Record<string, string>> }).answer ?? {};
  const text = entered(form, 'reason');
  const notAsked = Object.keys(says).filter((party) => says[party] === 'not_applicable');
  if (text === undefined) return { answer: says };
  return {
    answer: says,
    reason: notAsked.length === 0 ? text : Object.fromEntries(notAsked.map((party) => [party, text])),
  };
};

const answerTo = (key: VisitCheck, form: Form): object => {
  const answer = answerIn(key, form);
  return key === 'agreements' ? reasonOfNotAsking(answer, form) : answer;
};

/** The one reason that the form shows, from an answer about agreements. */
const onForm = (key: VisitCheck, given: Partial<Answer>): Partial<Answer> =>
  key === 'agreements' && typeof given.reason === 'object'
    ? { ...given, reason: Object.values(given.reason)[0] }
    : given;

export const checkPage = page({
  path: paths.checkVisit(':id', ':question') as `/${string}`,
  params: z.strictObject({ id: uuid, question: z.enum(visitChecks) }),
  view: 'visit/views/check',
  async load(ctx, { params: { id, question: key } }) {
    const { file, head } = await visitFor(ctx, id, check, key);
    const { visit } = file;
    const { asks, authority } = questionOf(key);
    const reports = key === 'legal_bars' && !answersFor(ctx, visit, key);
    const { values, ticked } = filled(onForm(key, visit.checks[key] ?? {}));
    return {
      ...head,
      question: { key, asks, authority },
      offered: reports
        ? withoutRoutes(offeredFor(ctx.settings, key, visit, ctx.now()))
        : offeredFor(ctx.settings, key, visit, ctx.now()),
      endsJourney: key === 'legal_bars' && observationType(visit.observationType).barredOutright.length > 0,
      isAnswered: visit.checks[key] !== undefined,
      reports,
      reportedSays: key === 'legal_bars' ? barsInWords(visit.barsReported) : [],
      values: reports ? {} : values,
      ticked: reports ? [] : ticked,
    };
  },
  form: {
    body: checkBody,
    read: (form, { params: { question } }) =>
      validate(checkBody, { question, ...answerTo(question, form) }, fieldNamesOf(form)),
    async act(ctx, { params, body: { question: _named, ...answer }, form }) {
      return paths.visit(
        await asFormErrors(() => checkVisit(ctx, params.id, params.question, answer), fieldNamesOf(form)),
      );
    },
  },
});
