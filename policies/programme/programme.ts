/**
 * Programmes: an invitation to members, with types, window, places and draft answers. It approves nobody.
 * Source: need-to-know.md, sections 3 and 6; report 1.4, 10.38.
 */
import { inDays } from '../core/in-days.js';
import { foreignItems, type Answer, type Answers } from '../need-to-know/answers.js';
import { question, type QuestionKey } from '../need-to-know/questions.js';
import { observationType, type ObservationTypeKey } from '../core/observation-types.js';
import type { FieldError } from '../core/refusals.js';
import { inOffice } from '../register/in-office.js';
import { londonDate } from '../core/london.js';
import type { Actor, DateSpan, RequestContent } from '../core/subjects.js';

/** How many places a programme has. */
export const placesAllowed = { least: 1, most: 100 } as const;
/** The longest title, in characters. */
export const longestTitle = 200;

export interface Invitation {
  readonly observationTypes: readonly ObservationTypeKey[];
  readonly window: DateSpan;
}

/** What is wrong with a programme's window. */
export const windowFaults = ({ from, to }: DateSpan, now: Date): FieldError[] => [
  ...(from < londonDate(now)
    ? [{ field: 'window.from', message: 'The window may start today at the earliest.' }]
    : []),
  ...(to < from ? [{ field: 'window.to', message: 'The window ends before it starts.' }] : []),
];

/** The items of draft answers that none of the programme's types calls for: they would count nowhere. */
export const foreignToAll = (answers: Answers, types: readonly ObservationTypeKey[]): FieldError[] =>
  Object.entries(answers).flatMap(([key, answer]) => {
    const foreign = types.map((type) =>
      foreignItems(key as QuestionKey, type, answer, `draftAnswers.${key}`),
    );
    return (foreign[0] ?? []).filter(({ field }) =>
      foreign.every((each) => each.some((other) => other.field === field)),
    );
  });

const onlyItems = <T>(given: T, called: ReadonlySet<string>): T =>
  typeof given !== 'object' || given === null || Array.isArray(given)
    ? given
    : (Object.fromEntries(Object.entries(given).filter(([item]) => called.has(item))) as T);

/** The draft answers as they concern one type: what it does not call for is left out. */
export const draftAnswersFor = (answers: Answers, type: ObservationTypeKey): Answers =>
  Object.fromEntries(
    Object.entries(answers).map(([key, { answer, reason }]): [string, Answer] => {
      const { answers: asked } = question(key as QuestionKey);
      if (asked.shape !== 'each') return [key, reason === undefined ? { answer } : { answer, reason }];
      const called = new Set<string>(asked.items(observationType(type)));
      return [
        key,
        {
          answer: onlyItems(answer, called),
          ...(reason === undefined ? {} : { reason: onlyItems(reason, called) }),
        },
      ];
    }),
  );

/** Why a request does not fit the programme that it names: null where there is none such. */
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
