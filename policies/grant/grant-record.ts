/**
 * Everything on record about a grant, each fact with the time from which it holds, and the grant as it stood at any
 * moment. The facts of that moment decide what was allowed; a later entry narrows it if the entry's own days reach
 * back, and never widens it. Nothing revives a lapsed grant. Source: need-to-know.md, section 6.
 */
import { failuresOf, longestGrantMonths } from './access.js';
import { lapsesAfterDefeat } from '../register/defeat.js';
import {
  asCorrected,
  isCorrected,
  type Corrects,
  type RegisterSlip,
  withoutSlip,
} from '../register/slip/register-slip.js';
import { addDays, addMonths, londonDate, startOfLondonDay } from '../core/time/london.js';
import { isBars, type Answer } from '../need-to-know/answers.js';
import { leavesOpen } from '../need-to-know/left-open.js';
import type { Since } from '../core/time/spans.js';
import type { Condition } from './condition.js';
import type { Freeze, Grant, Lapse } from './grant.js';
import type { Councillor } from '../register/member.js';
import type { Visit } from '../visit/visit.js';

/** The parts of the councillor's register entry that a limit depends on. */
export type Registered = Pick<
  Councillor,
  'ward' | 'standing' | 'term' | 'appointments' | 'training' | 'defeat'
> &
  Corrects;

type Changing =
  | 'conditions'
  | 'eventsUsed'
  | 'frozenAt'
  | 'lasting'
  | 'weighed'
  | 'lapse'
  | 'journeyEnded'
  | 'appointment'
  | 'councillor'
  | 'protocolVersion'
  | 'open'
  | 'visits';

export interface GrantRecord extends Omit<Grant, Changing> {
  readonly conditions: readonly (Omit<Condition, 'state'> & {
    readonly states: readonly Since<Condition['state']>[];
  })[];
  readonly freezes: readonly Freeze[];
  /** When each event was used. */
  readonly arrivals: readonly Date[];
  /** The appointment relied on; null where the role needs none. */
  readonly appointmentId: string | null;
  /** The councillor, for what never changes with time; then the register as it was, oldest first. */
  readonly member: Pick<Councillor, 'id' | 'name' | 'finding'>;
  readonly register: readonly Since<Registered>[];
  readonly acceptances: readonly Since<number>[];
  readonly protocols: readonly Since<number>[];
  /** When proceedings or adoption were found at another stage of the same child's journey. */
  readonly journeyEnds: readonly Date[];
  /** Checks that the approval left open: question keys. */
  readonly leftOpen: Grant['open'];
  readonly visits: readonly VisitRecord[];
}

type Plan = Pick<Visit, 'date' | 'from' | 'to' | 'caseReference' | 'chaperone' | 'conferenceOn'>;

/** A fact, and by its key the case that the visit was about then: null while none was named. */
export type OfCase<T> = Since<T> & { readonly caseKey: string | null };

/** A fact of a case, with the day the visit was planned for at that time. */
export type OfOccasion<T> = OfCase<T> & { readonly date: string };

/** A visit with all its plans and checks, each with the moment it began to hold. */
/** What was said to a check: an answer that counts, or bars that an office reported which does not answer for them. */
export interface Said extends OfOccasion<Visit['checks']> {
  readonly reported?: boolean | undefined;
}

export interface VisitRecord extends Omit<Visit, keyof Plan | 'checks' | 'barsReported'> {
  readonly plans: readonly OfCase<Plan>[];
  /** Each answer, with the case that was named and the day that was planned when it was given. */
  readonly checked: readonly Said[];
  /** When a check found a bar that ends the whole journey by any route; null if none did. */
  readonly journeyEndedAt: Date | null;
}

const until = <F extends Since<unknown>>(facts: readonly F[], at: Date): readonly F[] =>
  facts.filter((fact) => fact.at <= at);

/** The newest fact at that moment. */
const holding = <T>(facts: readonly Since<T>[], at: Date): T | undefined => until(facts, at).at(-1)?.value;

const highest = (facts: readonly Since<number>[], at: Date): Since<number> | undefined =>
  until(facts, at)
    .toSorted((a, b) => a.value - b.value)
    .at(-1);

const earlier = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;

/**
 * The register as it stood, narrowed by end dates that were entered later: an end date entered late still counts
 * from that date. A later entry never widens what was allowed, and an entry about another term does not count for
 * this one.
 * @param entered the register after each later entry, oldest first
 */
const reachingBack = (then: Registered, entered: readonly Registered[], at: Date): Registered => {
  const ofTerm = entered.findLast(({ term }) => term.from === then.term.from);
  const endOf = (id: string): string | null =>
    entered.flatMap(({ appointments }) => appointments.filter((each) => each.id === id)).at(-1)?.to ?? null;
  return {
    ...then,
    term: { ...then.term, to: earlier(then.term.to, ofTerm?.term.to ?? null) },
    appointments: then.appointments.map((each) => ({ ...each, to: earlier(each.to, endOf(each.id)) })),
    defeat: then.defeat ?? (ofTerm?.defeat && ofTerm.defeat.declaredAt <= at ? ofTerm.defeat : null),
  };
};

/** What the register held about a councillor at that moment, with what it has learned of that moment since. */
export const registeredAt = (register: readonly Since<Registered>[], at: Date): Registered => {
  // Before the first record, the oldest one counts.
  const held = holding(register, at) ?? register[0]?.value;
  if (held === undefined) throw new Error('The register has nothing about the councillor.');
  const { corrects: _since, ...then } = held;
  const entered = register.filter((fact) => fact.at > at).map(({ value }) => value);
  return reachingBack(then, entered, at);
};

const councillorAt = ({ member, register, acceptances }: GrantRecord, at: Date): Councillor => {
  const accepted = highest(acceptances, at);
  return {
    kind: 'Councillor',
    ...member,
    ...registeredAt(register, at),
    undertaking: accepted ? { version: accepted.value, acceptedAt: accepted.at } : null,
  };
};

/** When a visit, of this stage or another, showed that the journey has ended: all stages are one journey. */
const endsOfJourney = ({ visits, journeyEnds }: GrantRecord): Date[] => [
  ...visits.flatMap(({ journeyEndedAt }) => journeyEndedAt ?? []),
  ...journeyEnds,
];

const withoutLapse = (record: GrantRecord, at: Date): Grant => {
  const { conditions, freezes, arrivals, appointmentId, leftOpen, ...rest } = record;
  const { member: _m, register: _r, acceptances: _a, journeyEnds: _j, protocols, visits, ...kept } = rest;
  const councillor = councillorAt(record, at);
  const lasting = freezes.filter(({ from, to }) => from <= at && (to === null || to > at));
  const weighed = freezes.filter(({ from }) => from <= at);
  const isEnded = kept.endedAt !== null && kept.endedAt <= at;
  return {
    ...kept,
    endedAt: isEnded ? kept.endedAt : null,
    endedBecause: isEnded ? kept.endedBecause : null,
    endCause: isEnded ? kept.endCause : null,
    endReasons: isEnded ? kept.endReasons : null,
    endTold: isEnded ? kept.endTold : null,
    conditions: conditions.map(({ states, ...condition }) => ({
      ...condition,
      state: holding(states, at) ?? 'pending',
    })),
    eventsUsed: arrivals.filter((arrived) => arrived <= at).length,
    frozenAt: lasting[0]?.from ?? null,
    lasting,
    weighed,
    lapse: null,
    journeyEnded: endsOfJourney(record).some((ended) => ended <= at),
    appointment:
      appointmentId === null
        ? null
        : (councillor.appointments.find(({ id }) => id === appointmentId) ?? 'gone'),
    councillor,
    protocolVersion: highest(protocols, at)?.value ?? 0,
    visits: [],
    open: leftOpen.filter((check) => isOpen(check, visits, councillor, at)),
  };
};

/** A check left open by the approval is closed by a visit at which it was answered, or by the register. */
const isOpen = (
  check: Grant['open'][number],
  visits: readonly VisitRecord[],
  { training }: Councillor,
  at: Date,
): boolean =>
  check === 'prerequisites'
    ? !training.some(
        ({ kind, completed, expires }) =>
          kind === 'dbs' && completed <= londonDate(at) && expires >= londonDate(at),
      )
    : !visits.some((visit) => visit.endedAt === null && isSettled(visitAt(visit, at)?.checks[check]));

/** Whether a check was answered, and with more than that it is still to be seen. */
const isSettled = (given: Answer | undefined): boolean => given !== undefined && !leavesOpen(given.answer);

/** The moments at which a limit can have run out: when something was entered, and the days after an end. */
const moments = (record: GrantRecord): Date[] => {
  const dayAfter = (date: string | null) => (date === null ? [] : [addDays(date, 1)]);
  const days = [
    ...dayAfter(record.window.to),
    addMonths(record.window.from, longestGrantMonths),
    ...record.register.flatMap(({ value: { term, appointments, training, defeat } }) => [
      ...dayAfter(term.to),
      ...appointments.filter(({ id }) => id === record.appointmentId).flatMap(({ to }) => dayAfter(to)),
      ...training.flatMap(({ expires }) => dayAfter(expires)),
      ...(defeat ? [lapsesAfterDefeat(defeat)] : []),
    ]),
  ];
  return [
    record.madeAt,
    ...days.map(startOfLondonDay),
    ...record.register.flatMap(({ at, value: { defeat } }) => (defeat ? [at, defeat.declaredAt] : [at])),
    ...endsOfJourney(record),
  ];
};

const lapsing = ['window', 'three_months', 'term', 'appointment', 'training', 'journey'] as const;
const isLapsing = (limit: string): limit is (typeof lapsing)[number] =>
  lapsing.some((each) => each === limit);

/**
 * When the grant lapsed by itself, and by which limit: the first moment, up to `at`, at which a limit was over. Null
 * if none was. Using the last event is not a lapse. A lapse that rests on a fact that never was is taken back once the
 * register is corrected, and only while every other limit holds. Source: need-to-know.md, sections 6 and 6a.
 */
export const lapseOf = (record: GrantRecord, at: Date): Lapse | null => {
  const lapse = firstLapse(record, at);
  if (lapse === null || !isCorrected(record.register, at)) return lapse;
  const stands = firstLapse({ ...record, register: asCorrected(record.register, at) }, at);
  // Nothing that is corrected ends it earlier than it ended.
  return stands !== null && stands.at < lapse.at ? lapse : stands;
};

/** The grant as it is on record once a slip in the register is corrected at that moment. */
export const withSlipCorrected = (record: GrantRecord, slip: RegisterSlip, at: Date): GrantRecord => {
  const newest = record.register.at(-1);
  if (newest === undefined) return record;
  const value = { ...withoutSlip(newest.value, slip), corrects: slip };
  return { ...record, register: [...record.register, { at, value }] };
};

const firstLapse = (record: GrantRecord, at: Date): Lapse | null => {
  const looked = moments(record)
    .filter((moment) => moment >= record.madeAt && moment <= at)
    .toSorted((a, b) => a.getTime() - b.getTime());
  for (const moment of looked) {
    for (const { limit, explanation, over } of failuresOf(withoutLapse(record, moment), moment)) {
      if (over && isLapsing(limit)) return { at: moment, limit, explanation };
    }
  }
  return null;
};

/** The grant as it stood at that moment. */
export const grantAt = (record: GrantRecord, at: Date): Grant => ({
  ...withoutLapse(record, at),
  lapse: lapseOf(record, at),
  visits: record.visits.flatMap((visit) => visitAt(visit, at) ?? []),
});

/**
 * A visit as it stood at that moment; null before it was planned. An answer counts only for the case and the day it
 * was given for: not for another case, not for another day, and not if no case was named then. So a change of case or
 * day means asking the family and checking bars again.
 */
export const visitAt = (record: VisitRecord, at: Date): Visit | null => {
  const { plans, checked, journeyEndedAt: _journey, ...rest } = record;
  const plan = until(plans, at).at(-1);
  if (!plan) return null;
  const isEnded = rest.endedAt !== null && rest.endedAt <= at;
  return {
    ...rest,
    ...plan.value,
    endedAt: isEnded ? rest.endedAt : null,
    endedBecause: isEnded ? rest.endedBecause : null,
    ...checksOf(
      until(checked, at).filter(({ caseKey, date }) => caseKey === plan.caseKey && date === plan.value.date),
    ),
  };
};

/**
 * The answers that count, and the bars that were reported since Legal last answered for them. A report never answers:
 * one that names a bar opens the question again, and one that names none changes nothing.
 */
const checksOf = (said: readonly Said[]): Pick<Visit, 'checks' | 'barsReported'> =>
  said.reduce<Pick<Visit, 'checks' | 'barsReported'>>(
    ({ checks, barsReported }, { value, reported }) => {
      if (reported !== true) {
        const answersBars = value.legal_bars !== undefined;
        return { checks: { ...checks, ...value }, barsReported: answersBars ? [] : barsReported };
      }
      const named = barsIn(value.legal_bars);
      if (named.length === 0) return { checks, barsReported };
      const { legal_bars: _answered, ...others } = checks;
      return { checks: others, barsReported: [...new Set([...barsReported, ...named])] };
    },
    { checks: {}, barsReported: [] },
  );

const barsIn = (given: Answer | undefined): string[] =>
  given !== undefined && isBars(given.answer) ? given.answer.map(({ bar }) => bar) : [];

/** When something about a grant or one of its visits changed, between two instants, both left out. */
export const changesBetween = (record: GrantRecord, visit: VisitRecord, from: Date, to: Date): Date[] =>
  [
    record.endedAt,
    visit.endedAt,
    ...record.freezes.flatMap((freeze) => [freeze.from, freeze.to]),
    ...record.conditions.flatMap(({ states }) => states.map(({ at }) => at)),
    ...record.arrivals,
    ...record.register.flatMap(({ at, value: { defeat } }) => [at, defeat?.declaredAt ?? null]),
    ...[...record.acceptances, ...record.protocols, ...visit.plans, ...visit.checked].map(({ at }) => at),
    ...endsOfJourney(record),
  ].filter((at): at is Date => at !== null && at > from && at < to);
