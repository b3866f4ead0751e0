/** The form of one question: its choices, its values, and the answer made from it. */
import { capitalised } from '../../../policies/core/words/capitalised.js';
import { z } from 'zod';
import { answerSchema, type Answer, type AnswerValue } from '../../../policies/need-to-know/answers.js';
import {
  meaningSays,
  question,
  questionKeys,
  type Circumstances,
  type Meaning,
  type QuestionKey,
} from '../../../policies/need-to-know/questions.js';
import { article6Grounds, article9Conditions } from '../../../policies/need-to-know/lawful-basis.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { version } from '../../web/schema/schemas.js';
import { validate, type FieldNames } from '../../web/pages/faults.js';
import { chosen, entered, given, number, type Form } from '../../web/pages/form.js';
import { noBar } from './answer-words.js';

const bodyFor = (key: QuestionKey) => answerSchema(key).extend({ version, question: z.literal(key) });
type BodyFor = ReturnType<typeof bodyFor>;

/** The body that the API takes for a question, with the question that its address names. */
export const answerBody = z.discriminatedUnion(
  'question',
  questionKeys.map(bodyFor) as [BodyFor, ...BodyFor[]],
);

/** The value of "none of these" among the bars: an empty list, not an unanswered question. */
const none = 'none';

const isFor = <T>(
  rule: T | ((circumstances: Circumstances) => T) | undefined,
  circumstances: Circumstances,
) => (typeof rule === 'function' ? (rule as (given: Circumstances) => T)(circumstances) : rule);

/** What the question is about, and the effect of an answer that blocks. */
const stops = { request: 'blocks approval', visit: 'ends the visit' } as const;
type About = keyof typeof stops;

const optionOf = (value: string, meaning: Meaning, circumstances: Circumstances, about: About) => ({
  value,
  text: capitalised(meaningSays(meaning, about)),
  hint: isFor(meaning.blocks, circumstances)
    ? `This answer ${stops[about]}.`
    : isFor(meaning.needsReason, circumstances)
      ? 'This answer needs a reason.'
      : undefined,
});

const optionsOf = (values: Readonly<Record<string, Meaning>>, circumstances: Circumstances, about: About) =>
  Object.entries(values).map(([value, meaning]) => optionOf(value, meaning, circumstances, about));

const listed = (codes: readonly string[], says: Readonly<Record<string, string>>) => [
  { value: '', text: 'None chosen' },
  ...codes.map((value) => ({ value, text: `Article ${value}: ${says[value] ?? ''}` })),
];

/** The coded grounds, in words. */
const basisChoices = {
  article6: listed(article6Grounds, {
    '6(1)(a)': 'consent',
    '6(1)(c)': 'a legal obligation',
    '6(1)(d)': 'vital interests',
    '6(1)(e)': 'a task in the public interest or official authority',
  }),
  article9: listed(article9Conditions, {
    '9(2)(a)': 'explicit consent',
    '9(2)(b)': 'social protection law',
    '9(2)(c)': 'vital interests',
    '9(2)(f)': 'legal claims',
    '9(2)(g)': 'substantial public interest',
    '9(2)(h)': 'health or social care',
  }),
};

/** The possible answers, in words, with the effect of each. */
export const offered = (key: QuestionKey, circumstances: Circumstances, about: About = 'request') => {
  const { answers } = question(key);
  switch (answers.shape) {
    case 'one':
      return {
        shape: 'one',
        options: optionsOf(answers.values, circumstances, about),
        basis: key === 'lawful_basis' ? basisChoices : undefined,
      };
    case 'each':
      return {
        shape: 'each',
        items: answers.items(circumstances.type).map((item) => ({
          item,
          text: capitalised(answers.itemSays[item] ?? item),
          options: optionsOf(answers.values(item), circumstances, about),
        })),
      };
    case 'any':
      return {
        shape: 'any',
        nothing: { value: none, text: noBar },
        options: Object.entries(answers.values).map(([value, meaning]) => {
          const isEnd = circumstances.type.barredOutright.some((barred) => barred === value);
          const isNever = circumstances.neverObserved.some((never) => never === value);
          const option = optionOf(value, meaning, circumstances, about);
          if (isEnd || isNever || meaning.route === null) return { ...option, route: null };
          return {
            ...option,
            hint: `This ${stops[about]}, unless there is a lawful route.`,
            route: meaning.route,
          };
        }),
      };
  }
};

/** The fields filled with an answer; `ticked` are the checkboxes. */
export const filled = ({
  answer,
  reason,
  basis,
}: Partial<Answer>): {
  readonly values: Readonly<Record<string, string>>;
  readonly ticked: readonly string[];
} => {
  const reasons =
    typeof reason === 'object'
      ? Object.fromEntries(Object.entries(reason).map(([item, text]) => [`reason.${item}`, text]))
      : { reason: reason ?? '' };
  if (answer === undefined) return { values: {}, ticked: [] };
  if (typeof answer === 'string') {
    const coded = Object.entries(basis ?? {}).map(([field, value]) => [`basis.${field}`, String(value)]);
    return { values: { answer, ...reasons, ...Object.fromEntries(coded) }, ticked: [] };
  }
  if (Array.isArray(answer)) {
    const routes = answer.map(({ bar, lawfulRoute }) => [`lawfulRoute.${bar}`, lawfulRoute ?? ''] as const);
    return {
      values: { ...reasons, ...Object.fromEntries(routes) },
      ticked: answer.length > 0 ? answer.map(({ bar }) => bar as string) : [none],
    };
  }
  const items = Object.entries(answer as Readonly<Record<string, string>>);
  return {
    values: { ...reasons, ...Object.fromEntries(items.map(([item, value]) => [`answer.${item}`, value])) },
    ticked: [],
  };
};

const barsIn = (form: Form): AnswerValue => {
  const ticked = chosen(form, 'answer');
  if (ticked.length === 0) {
    throw new Invalid([{ field: 'answer', message: 'Select what affects what will be observed, or none' }]);
  }
  if (ticked.includes(none) && ticked.length > 1) {
    throw new Invalid([{ field: 'answer', message: `Select either “${noBar}” or what does affect it` }]);
  }
  const { answers } = question('legal_bars');
  const takesRoute = (bar: string) =>
    answers.shape === 'any' && typeof answers.values[bar]?.route === 'string';
  return ticked
    .filter((bar) => bar !== none)
    .map((bar) => ({
      bar,
      ...given({ lawfulRoute: takesRoute(bar) ? entered(form, `lawfulRoute.${bar}`) : undefined }),
    }));
};

const itemsIn = (key: QuestionKey, form: Form): object => {
  const { answers } = question(key);
  if (answers.shape !== 'each') throw new Error(`${key} has no items.`);
  const items = Object.keys(answers.itemSays);
  const answer = Object.fromEntries(
    items.flatMap((item) => {
      const value = entered(form, `answer.${item}`);
      return value === undefined ? [] : [[item, value] as const];
    }),
  );
  const [first] = chosen(form, 'asked');
  if (first !== undefined && Object.keys(answer).length === 0) {
    throw new Invalid([{ field: `answer.${first}`, message: 'Select an answer for at least one of these' }]);
  }
  const forAll = entered(form, 'reason');
  const own = items.flatMap((item) => {
    const text = entered(form, `reason.${item}`);
    return text === undefined ? [] : [[item, text] as const];
  });
  if (own.length === 0) return given({ answer, reason: forAll });
  // The reason for all counts for each item that needs one and has none of its own.
  const lacking = Object.entries(answer).filter(
    ([item, value]) =>
      answers.values(item)[value]?.needsReason === true && !own.some(([named]) => named === item),
  );
  const shared = forAll === undefined ? [] : lacking.map(([item]) => [item, forAll] as const);
  return { answer, reason: Object.fromEntries([...own, ...shared]) };
};

/** The coded fields of the basis, even if none is filled in: then each missing one is found. */
const basisIn = (form: Form): object =>
  given({
    article6: entered(form, 'basis.article6'),
    article9: entered(form, 'basis.article9'),
    schedule1: number(form, 'basis.schedule1'),
    article10: number(form, 'basis.article10'),
    policyDocument: entered(form, 'basis.policyDocument')?.trim(),
  });

/** The answer that a form gives, not checked yet. @throws Invalid, naming the form's fields */
export const answerIn = (key: QuestionKey, form: Form): object => {
  const { answers } = question(key);
  switch (answers.shape) {
    case 'one':
      return given({
        answer: entered(form, 'answer'),
        reason: entered(form, 'reason'),
        basis: key === 'lawful_basis' && entered(form, 'answer') === 'confirmed' ? basisIn(form) : undefined,
      });
    case 'any':
      return given({ answer: barsIn(form), reason: entered(form, 'reason') });
    case 'each':
      return itemsIn(key, form);
  }
};

/** Where the form shows the errors of an answer: a field of the body may come from a field with another name. */
export const fieldNamesOf = (form: Form): FieldNames => {
  const bars = chosen(form, 'answer').filter((bar) => bar !== none);
  return {
    named(field) {
      const route = /^answer\.(\d+)\.lawfulRoute$/.exec(field);
      if (route) return `lawfulRoute.${bars[Number(route[1])] ?? ''}`;
      return field.startsWith('reason.') && entered(form, field) === undefined ? 'reason' : field;
    },
  };
};

/** The body of an answer, made of its form. @throws Invalid, naming the form's fields */
export const bodyOf = (key: QuestionKey, form: Form): object =>
  validate(
    answerBody,
    { question: key, version: number(form, 'version'), ...answerIn(key, form) },
    fieldNamesOf(form),
  );
