/**
 * Programmes: an invitation to members, with types, window, places and draft answers. It approves nobody.
 * Source: need-to-know.md, sections 3 and 6; report 1.4, 10.38.
 */
import { inDays } from '../core/words/in-days.js';
import { foreignItems, isByItem, type Answer, type Answers } from '../need-to-know/answers.js';
import { question, type QuestionKey } from '../need-to-know/questions.js';
import { observationType, type ObservationTypeKey } from '../core/observation-types.js';
import type { FieldError } from '../core/refusals.js';
import { inOffice } from '../register/in-office.js';
import { londonDate } from '../core/time/london.js';
import type { Actor } from '../people/actor.js';
import type { DateSpan } from '../core/time/spans.js';
import type { RequestContent } from '../request/request.js';
import { keysOf } from '../core/fields/keys-of.js';

/** How many places a programme has. */
export const placesAllowed = { least: 1, most: 100 } as const;
/** The longest title, in characters. */
export const longestTitle = 200;

export interface Invitation {
  readonly observationTypes: readonly ObservationTypeKey[];
  readonly window: DateSpan;
}

/** The faults of a programme's window. */
export const windowFaults = ({ from, to }: DateSpan, now: Date): FieldError[] => [
  ...(from < londonDate(now)
    ? [{ field: 'window.from', message: 'The window may start today at the earliest.' }]
    : []),
  ...(to < from ? [{ field: 'window.to', message: 'The window ends before it starts.' }] : []),
];

/** The items of draft answers that none of the programme's types calls for: they would never count. */
export const foreignToAll = (answers: Answers, types: readonly ObservationTypeKey[]): FieldError[] =>
  keysOf(answers).flatMap((key) => {
    const answer = answers[key];
    if (answer === undefined) return [];
    const foreign = types.map((type) => foreignItems(key, type, answer, `draftAnswers.${key}`));
    return (foreign[0] ?? []).filter(({ field }) =>
      foreign.every((each) => each.some((other) => other.field === field)),
    );
  });

const onlyItems = (given: Readonly<Record<string, string>>, called: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(given).filter(([item]) => called.has(item)));

const draftFor = (key: QuestionKey, { answer, reason }: Answer, type: ObservationTypeKey): Answer => {
  const { answers: asked } = question(key);
  if (asked.shape !== 'each') return reason === undefined ? { answer } : { answer, reason };
  const called = new Set<string>(asked.items(observationType(type)));
  return {
    answer: isByItem(answer) ? onlyItems(answer, called) : answer,
    ...(reason === undefined
      ? {}
      : { reason: typeof reason === 'string' ? reason : onlyItems(reason, called) }),
  };
};

/** The draft answers for one type, without the items that the type does not call for. */
export const draftAnswersFor = (answers: Answers, type: ObservationTypeKey): Answers => {
  const drafts: Partial<Record<QuestionKey, Answer>> = {};
  for (const key of keysOf(answers)) {
    const given = answers[key];
    if (given !== undefined) drafts[key] = draftFor(key, given, type);
  }
  return drafts;
};

/** Why a request does not fit the programme that it names; null if the programme does not exist. */
export const programmeFaults = (
  { observationType: type, window }: RequestContent,
  programme: Invitation | null,
): FieldError[] => {
  const fault = (message: string) => [{ field: 'programme', message }];
  if (programme === null) return fault('There is no such programme.');
  if (type !== undefined && !programme.observationTypes.includes(type)) {
    return fault('This type of observation is not part of the programme.');
  }
  const { from, to } = programme.window;
  return window !== undefined && (window.from < from || window.to > to)
    ? fault(`The window lies within that of the programme: ${inDays(from)} to ${inDays(to)}.`)
    : [];
};

/** Whether there is still something to ask for: a councillor in office, a free place, and days to come. */
export const mayTakePart = (
  { councillorId, standing }: Actor,
  programme: Invitation & { readonly places: number; readonly taken: number },
  now: Date,
): boolean =>
  councillorId !== null &&
  inOffice(standing) &&
  programme.taken < programme.places &&
  programme.window.to >= londonDate(now);
