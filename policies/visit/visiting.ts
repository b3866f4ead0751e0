/**
 * Planning a visit, and what the answer to one of its checks does to the visit.
 * Source: need-to-know.md, sections 2, 3 and 6.
 */
import { inDays } from '../core/words/in-days.js';
import type { CaseReferences } from '../settings/case-references.js';
import { faultOfCaseReference, isSameCase } from './case-reference.js';
import type { FieldError } from '../core/refusals.js';
import { atLondonTime, londonDate, timesShown } from '../core/time/london.js';
import type { Answer } from '../need-to-know/answers.js';
import type { QuestionKey } from '../need-to-know/questions.js';
import { numberOf } from '../core/words/number-of.js';
import { observationType } from '../core/observation-types.js';
import { invalid } from '../core/rules.js';
import type { Grant } from '../grant/grant.js';
import type { Visit, VisitCheck, VisitEnd } from './visit.js';
import { checkFinding } from './visit-access.js';
import { previousWorkingDay, type Calendar } from '../core/time/working-days.js';
import type { Settings } from '../settings/settings.js';
import { isBars, isByItem } from '../need-to-know/answers.js';

/** The plan. Times are `HH:MM`. */
export type Plan = Pick<Visit, 'date' | 'from' | 'to' | 'caseReference' | 'chaperone' | 'conferenceOn'>;

const hoursBetween = (plan: Plan): number =>
  (atLondonTime(plan.date, plan.to).getTime() - atLondonTime(plan.date, plan.from).getTime()) / 3_600_000;

/** The last day on which people can still plan a visit for that day, so that the family is asked in time. */
const lastDayToAsk = (calendar: Calendar, date: string, days: number): string =>
  Array.from({ length: days }).reduce<string>((day) => previousWorkingDay(calendar, day), date);

const fault = (field: string, message: string): FieldError[] => [{ field, message }];

/** The family is asked some working days before the visit; on the day itself it is too late. */
const faultsOfNotice = (
  grant: Grant,
  { date }: Plan,
  { field, today, settings }: { readonly field: string; readonly today: string; readonly settings: Settings },
): FieldError[] => {
  const { familyNoticeDays: days } = settings.type(grant.observationType);
  return days > 0 && date >= today && today > lastDayToAsk(settings, date, days)
    ? fault(
        field,
        `The family is asked at least ${numberOf(days, 'working day')} before: choose a later day.`,
      )
    : [];
};

/** An hour in which the clocks are changed is no hour to meet: it is left out, or nobody could say which of two is meant. */
const faultsOfClock = ({ date, from, to }: Plan): FieldError[] =>
  (
    [
      ['from', from],
      ['to', to],
    ] as const
  ).flatMap(([field, time]) => {
    const shown = timesShown(date, time);
    if (shown === 'once') return [];
    const why =
      shown === 'never'
        ? `The clocks go forward on ${inDays(date)}, and there is no ${time}.`
        : `The clocks go back on ${inDays(date)}, and ${time} comes twice.`;
    return fault(field, `${why} Choose a time before 01:00 or from 02:00.`);
  });

const faultsOfTime = (grant: Grant, plan: Plan, now: Date, settings: Settings): FieldError[] => {
  const type = settings.type(grant.observationType);
  const today = londonDate(now);
  const { window } = grant;
  return [
    ...(plan.date < window.from || plan.date > window.to
      ? fault('date', `Choose a day from ${inDays(window.from)} to ${inDays(window.to)}.`)
      : []),
    ...(plan.date < today ? fault('date', 'This day is past: nothing is planned after the event.') : []),
    ...faultsOfNotice(grant, plan, { field: 'date', today, settings }),
    ...faultsOfClock(plan),
    ...(plan.to <= plan.from ? fault('to', 'Enter a time after the start.') : []),
    ...(type.maxHours !== null && plan.to > plan.from && hoursBetween(plan) > type.maxHours
      ? fault('to', `A visit of this type lasts ${numberOf(type.maxHours, 'hour')} at most.`)
      : []),
    ...(plan.date === today && atLondonTime(plan.date, plan.to) <= now
      ? fault('to', 'This is past: nothing is planned after the event.')
      : []),
  ];
};

const faultsOfCase = (grant: Grant, plan: Plan, known: CaseReferences, before?: Plan): FieldError[] => {
  const type = observationType(grant.observationType);
  // One that stays as it was is not asked about again.
  const isKept = plan.caseReference === null || plan.caseReference === before?.caseReference;
  const caseFault = isKept ? null : faultOfCaseReference(plan.caseReference ?? '', known);
  return [
    ...(caseFault ? fault('caseReference', caseFault) : []),
    ...(plan.conferenceOn !== null && !type.startsAtConference
      ? fault('conferenceOn', 'Only a child’s journey starts at a conference.')
      : []),
    ...(plan.conferenceOn !== null && plan.conferenceOn > plan.date
      ? fault('conferenceOn', 'A child’s journey starts no earlier than the conference.')
      : []),
  ];
};

/** The part of a visit that decides whether it takes up an event. */
type Taking = Pick<Visit, 'endedAt' | 'attendance' | 'date' | 'from'>;

/**
 * Whether a visit takes up one of the grant's events: it may still be attended, or was. One that ended only after
 * it had begun may have been attended until it is on record what happened.
 */
const takesEvent = ({ endedAt, attendance, date, from }: Taking): boolean =>
  attendance ? attendance.outcome === 'attended' : endedAt === null || endedAt >= atLondonTime(date, from);

/** Whether any unused event of the grant has no visit yet. */
export const isEventFree = (grant: Pick<Grant, 'events'>, others: readonly Taking[]): boolean =>
  others.filter(takesEvent).length < grant.events;

type Times = Pick<Plan, 'date' | 'from' | 'to'>;

/** Whether a visit takes place at another time than before. */
export const isMoved = (before: Times, plan: Times): boolean =>
  plan.date !== before.date || plan.from !== before.from || plan.to !== before.to;

/** The keys of the cases of a councillor's journeys: of this one's stages, and of every other. */
export interface JourneyCases {
  readonly within: readonly string[];
  readonly elsewhere: readonly string[];
}

/**
 * A child's journey is of one case, from the first visit that names one, through every stage; and of a case the
 * same councillor has one journey: the six months are not begun again by a new first request. A case that was
 * named by mistake is put right at that visit, while it is to come. Which case another visit or journey has is
 * not said (need-to-know.md, sections 3 and 5).
 * @throws Invalid `one_case`, naming `caseReference`
 */
export const assertOneCase = (
  { observationType: type }: Pick<Grant, 'observationType'>,
  { caseReference }: Pick<Plan, 'caseReference'>,
  { within, elsewhere }: JourneyCases,
): void => {
  if (type !== 'childs_journey' || caseReference === null) return;
  const isIt = (key: string) => isSameCase(key, caseReference);
  if (within.every(isIt) && !elsewhere.some(isIt)) return;
  throw invalid('one_case', fault('caseReference', 'This journey cannot be of this case.'));
};

const begun = 'The visit has begun: record what happened, and plan another.';

const refuse = (errors: readonly FieldError[]): void => {
  if (errors.length > 0) throw invalid('plan', errors);
};

/**
 * Lets the plan of a new visit pass.
 * @throws Invalid naming the plan's fields
 */
export const assertPlan = (grant: Grant, plan: Plan, now: Date, settings: Settings): void => {
  refuse([
    ...faultsOfTime(grant, plan, now, settings),
    ...faultsOfCase(grant, plan, settings.choices.caseReferences),
  ]);
};

/**
 * Lets a changed plan pass. A time that stays as it was is not asked about again: the chaperone may be named on
 * the day itself. A case that is named has its family asked in time, whether it is the first or another; what
 * was checked before says nothing of them (grant-record.ts). Once the visit has begun, neither its day nor its
 * case becomes another: what took place is recorded where it took place.
 * @param change `named` is the case that was named last, null where none was yet
 * @throws Invalid naming the plan's fields
 */
export const assertChange = (
  grant: Grant,
  { before, plan, named }: { readonly before: Plan; readonly plan: Plan; readonly named: string | null },
  now: Date,
  settings: Settings,
): void => {
  const moved = isMoved(before, plan);
  const { caseReference } = plan;
  const isOther = caseReference !== null && (named === null || !isSameCase(named, caseReference));
  const hasBegun = now >= atLondonTime(before.date, before.from);
  const ofOther = (): FieldError[] =>
    hasBegun && named !== null
      ? fault('caseReference', begun)
      : faultsOfNotice(grant, plan, { field: 'caseReference', today: londonDate(now), settings });
  const ofCase = faultsOfCase(grant, plan, settings.choices.caseReferences, before);
  refuse([
    ...(hasBegun && plan.date !== before.date ? fault('date', begun) : []),
    ...(moved ? faultsOfTime(grant, plan, now, settings) : []),
    ...(isOther && !moved && ofCase.length === 0 ? ofOther() : ofCase),
  ]);
};

const refusedParties = ({ answer }: Answer): string[] =>
  isByItem(answer)
    ? Object.entries(answer).flatMap(([party, says]) => (says === 'refused' ? [party] : []))
    : [];

/**
 * Refuses a reason beside a refused agreement: nobody may ask why a person did not agree.
 * @param place the path before `reason` in the name of the field
 * @throws Invalid, naming `reason`
 */
export const assertNoReasonOfRefusal = (question: QuestionKey, given: Answer, place = ''): void => {
  const refused = question === 'agreements' ? refusedParties(given) : [];
  if (refused.length === 0 || given.reason === undefined) return;
  const { reason } = given;
  const fields =
    typeof reason === 'string'
      ? ['reason']
      : refused.filter((party) => reason[party] !== undefined).map((party) => `reason.${party}`);
  if (fields.length > 0) {
    throw invalid(
      'refusal_reason',
      fields.map((field) => ({
        field: `${place}${field}`,
        message: 'Leave this out: why somebody did not agree is never kept.',
      })),
    );
  }
};

/**
 * What the host or Children's Services report of the bars: which of them they see. Whether a lawful route opens one is
 * for Legal to say.
 * @throws Invalid, naming the route
 */
export const reportOf = ({ answer }: Answer): Answer => {
  const bars = isBars(answer) ? answer : [];
  const routed = bars.flatMap(({ lawfulRoute }, index) => (lawfulRoute === undefined ? [] : [index]));
  if (routed.length > 0) {
    throw invalid(
      'route_by_legal',
      routed.map((index) => ({
        field: `answer.${index}.lawfulRoute`,
        message: 'Leave this out: Legal say whether there is a lawful route.',
      })),
    );
  }
  return { answer };
};

/** The effect of an answer to a check on the visit. */
export interface Effect {
  /** How the visit ends at once; null where it goes on. */
  readonly ends: Extract<VisitEnd, 'blocked' | 'withdrawn'> | null;
  /** Whether it ends the whole journey, whatever the route. */
  readonly endsJourney: boolean;
}

/**
 * A block, or a refusal by the family or the child, ends the visit at once: it uses no event and leaves
 * the grant. Proceedings or adoption end a child's journey as a whole.
 */
export const effectOf = (
  visit: Visit,
  question: VisitCheck,
  given: Answer,
  now: Date,
  settings: Settings,
): Effect => {
  const answered: Visit = { ...visit, checks: { ...visit.checks, [question]: given } };
  if (checkFinding(question, answered, now, settings, settings.choices.neverObserved).result !== 'blocks')
    return { ends: null, endsJourney: false };
  const byFamily =
    question === 'agreements' &&
    refusedParties(given).some((party) => party === 'family' || party === 'child');
  const { barredOutright } = observationType(visit.observationType);
  const endsJourney =
    Array.isArray(given.answer) &&
    given.answer.some(({ bar }: { readonly bar: string }) =>
      barredOutright.some((outright) => outright === bar),
    );
  return { ends: byFamily ? 'withdrawn' : 'blocked', endsJourney };
};
