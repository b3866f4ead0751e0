/**
 * Judges a visit by what was allowed between arrival and leaving, and not by what is allowed at recording. Anything
 * outside is an incident for Data Protection the same day. Source: need-to-know.md, section 6.
 */
import { inDays } from '../core/words/in-days.js';
import type { Limit } from '../grant/access.js';
import {
  changesBetween,
  grantAt,
  visitAt,
  type GrantRecord,
  type VisitRecord,
} from '../grant/grant-record.js';
import { atLondonTime, londonDate } from '../core/time/london.js';
import type { FieldError } from '../core/refusals.js';
import { invalid } from '../core/rules.js';
import { type Category, isPersonal, type Exposure } from '../core/category.js';
import type { Cause } from '../core/cause.js';
import type { Attendance, AttendanceOutcome, Departure } from './attended.js';
import type { Visit } from './visit.js';
import { hoursOf, visitAccess } from './visit-access.js';
import type { Calendar } from '../core/time/working-days.js';
import type { Settings } from '../settings/settings.js';

/** What a host records. Times are instants; null if nobody arrived. */
export interface Recorded {
  readonly outcome: AttendanceOutcome;
  readonly arrived: Date | null;
  readonly left: Date | null;
  /**
   * The person who accompanied the councillor throughout; null if nobody did, undefined if the record does not say.
   */
  readonly chaperone: string | null | undefined;
  readonly categories: readonly Category[];
  readonly closedPartsLeft: boolean | null;
  readonly departures: readonly Departure[];
}

/** What went outside the approval; `limits` are those that did not hold at some moment of the visit. */
export interface Judged {
  /** Whether every limit held from arrival to leaving; null if nobody attended. */
  readonly authorised: boolean | null;
  readonly limits: readonly Limit[];
  /** Limits and departures alike, coded: empty where nothing lay outside. */
  readonly outside: readonly string[];
  /** Whether the councillor caused any of it; then their other grants freeze. */
  readonly causedBy: Cause | null;
}

/** A time of day on the visit's day, or an instant. */
export const momentOf = (date: string, given: string): Date =>
  given.includes('T') ? new Date(given) : atLondonTime(date, given);

/**
 * Lets a record pass that can be true.
 * @throws Invalid, naming the fields
 */
export const assertRecordable = (visit: Visit, given: Recorded, now: Date): void => {
  const errors =
    given.outcome === 'attended' ? faultsOfAttending(visit, given, now) : faultsOfAbsence(visit, given, now);
  if (errors.length > 0) throw invalid('attendance', errors);
};

const fault = (field: string, message: string): FieldError[] => [{ field, message }];

/** Checks the times that are given: on the day of the visit, in order, and not in the future. */
const faultsOfTimes = (visit: Visit, { arrived, left }: Recorded, now: Date): FieldError[] => [
  ...(arrived && londonDate(arrived) !== visit.date
    ? fault('arrived', `Enter a time on the day of the visit, ${inDays(visit.date)}.`)
    : []),
  ...(left && londonDate(left) !== visit.date
    ? fault('left', `Enter a time on the day of the visit, ${inDays(visit.date)}.`)
    : []),
  ...(arrived && left && left <= arrived ? fault('left', 'Enter a time after the arrival.') : []),
  ...(arrived && !left && arrived > now ? fault('arrived', 'This has not happened yet.') : []),
  ...(left && left > now ? fault('left', 'This has not happened yet.') : []),
];

const faultsOfAttending = (visit: Visit, given: Recorded, now: Date): FieldError[] => [
  ...(given.arrived === null ? fault('arrived', 'Enter when the councillor arrived.') : []),
  ...(given.left === null ? fault('left', 'Enter when the councillor left.') : []),
  ...faultsOfTimes(visit, given, now),
  ...(given.chaperone === undefined
    ? fault('chaperone', 'Name who accompanied the councillor, or say that nobody did.')
    : []),
  ...(given.categories.length === 0 ? fault('categories', 'Choose what the councillor learned of.') : []),
];

/** Nobody was there, so that nothing can have been seen; who was turned away may have arrived. */
const faultsOfAbsence = (visit: Visit, given: Recorded, now: Date): FieldError[] => {
  const empty = [
    { field: 'arrived', wrong: given.arrived !== null && given.outcome !== 'turned_away' },
    { field: 'left', wrong: given.left !== null && given.outcome !== 'turned_away' },
    { field: 'categories', wrong: given.categories.length > 0 },
    { field: 'departures', wrong: given.departures.length > 0 },
  ].flatMap(({ field, wrong }) =>
    wrong ? fault(field, 'Leave this empty: the councillor did not attend.') : [],
  );
  return empty.length > 0 ? empty : faultsOfTimes(visit, given, now);
};

/**
 * The limits that did not hold at some moment from arrival to leaving. Its hours say when a visit may be come
 * to: who stays beyond them goes beyond the scope (`judge`), and had come with authority.
 */
export const limitsBroken = (
  record: GrantRecord,
  visit: VisitRecord,
  { arrived, left }: { readonly arrived: Date; readonly left: Date },
  calendar: Calendar,
): Limit[] => {
  const moments = [arrived, ...changesBetween(record, visit, arrived, left), left];
  const broken = moments.flatMap((moment) => {
    const then = visitAt(visit, moment);
    if (moment < record.madeAt || then === null) return ['unplanned' as const];
    return visitAccess(grantAt(record, moment), then, moment, calendar)
      .because.map(({ limit }) => limit)
      .filter((limit) => limit !== 'visit_time' || moment === arrived);
  });
  return [...new Set(broken)];
};

/**
 * Who caused what went outside. A councillor is responsible for staying in a closed part, and for coming after a
 * notice that the grant is over or stopped; the departures say who caused the rest. The council's own omissions
 * (nobody accompanied, a check was left open) do not count against the councillor.
 */
const causeOf = (
  wasTold: boolean,
  { departures, closedPartsLeft }: Pick<Recorded, 'departures' | 'closedPartsLeft'>,
): Cause =>
  closedPartsLeft === false || wasTold || departures.some(({ causedBy }) => causedBy === 'councillor')
    ? 'councillor'
    : (departures[0]?.causedBy ?? 'other');

/**
 * Whether the councillor had a notice of it by then (policies/core/notices.ts), so that they knew when they came. Not
 * of a lapse, nor of a visit that ended with it, nor of a freeze by an election result that the register learned
 * later: those notices go out when the service finds it, which may be after the visit.
 */
const isTold = (limit: Limit, record: GrantRecord, visit: VisitRecord, arrived: Date): boolean => {
  switch (limit) {
    case 'revoked':
      return true;
    case 'visit_ended':
      return visit.endedBecause !== 'grant_ended';
    case 'frozen':
      return record.freezes.some(({ from, to }) => from <= arrived && (to === null || to > arrived));
    case 'seat_lost':
      return record.register.some(({ at, value: { defeat } }) => at <= arrived && defeat !== null);
    default:
      return false;
  }
};

/** Whether somebody left after the visit was over, by the plan that stood then. */
const isOverrun = (visit: VisitRecord, left: Date): boolean => {
  const planned = visitAt(visit, left);
  return planned !== null && left > hoursOf(planned).closes;
};

/**
 * Compares what happened with what was approved. `record` and `visit` are from before this record: the arrival under
 * judgement does not use up its own event.
 */
export const judge = (
  record: GrantRecord,
  visit: VisitRecord,
  given: Recorded,
  settings: Settings,
): Judged => {
  const { arrived, left } = given;
  if (given.outcome !== 'attended' || arrived === null || left === null) {
    return { authorised: null, limits: [], outside: [], causedBy: null };
  }
  const limits = limitsBroken(record, visit, { arrived, left }, settings);
  const onArrival = limitsBroken(record, visit, { arrived, left: arrived }, settings);
  const { maxHours } = settings.type(record.observationType);
  const hours = (left.getTime() - arrived.getTime()) / 3_600_000;
  const scope = [
    ...(given.departures.length > 0 ? ['departure'] : []),
    ...(given.categories.some((category) => !record.categories.includes(category)) ? ['categories'] : []),
    ...(given.closedPartsLeft === false ? ['closed_part'] : []),
    ...(given.chaperone === null ? ['chaperone'] : []),
    ...(maxHours !== null && hours > maxHours ? ['duration'] : []),
    ...(isOverrun(visit, left) ? ['overrun'] : []),
  ];
  const outside = [...limits, ...scope];
  return {
    authorised: limits.length === 0 && given.chaperone !== null,
    limits,
    outside,
    causedBy:
      outside.length === 0
        ? null
        : causeOf(
            onArrival.some((limit) => isTold(limit, record, visit, arrived)),
            given,
          ),
  };
};

/** What was learned beyond what was approved: all of it where nothing allowed the councillor to be there. */
const learnedBeyond = (
  { authorised }: Pick<Judged, 'authorised'>,
  learned: readonly Category[],
  approved: readonly Category[],
): Category[] => (authorised ? learned.filter((category) => !approved.includes(category)) : [...learned]);

/**
 * Whether a visit exposed personal data of others beyond what was approved, by what the record says was learned. Nobody
 * knows yet whose it was where something was otherwise, or a closed part was not left; null where nothing speaks for it.
 */
export const exposureOf = (
  judged: Judged,
  {
    categories,
    departures,
    closedPartsLeft,
  }: Pick<Recorded, 'categories' | 'departures' | 'closedPartsLeft'>,
  approved: readonly Category[],
): Exposure | null => {
  if (isPersonal(learnedBeyond(judged, categories, approved))) return 'yes';
  const isOtherwise = departures.length > 0 || closedPartsLeft === false;
  return isOtherwise && isPersonal(categories) ? 'unknown' : null;
};

/** The fields of a record that a correction changes. */
export type AttendanceChanges = Partial<Recorded>;

export const recordedFields = [
  'outcome',
  'arrived',
  'left',
  'chaperone',
  'categories',
  'closedPartsLeft',
  'departures',
] as const satisfies readonly (keyof Recorded)[];

/** What was recorded, as it stands. */
export const recordedOf = ({
  outcome,
  arrived,
  left,
  chaperone,
  categories,
  closedPartsLeft,
  departures,
}: Attendance): Recorded => ({
  outcome,
  arrived,
  left,
  chaperone,
  categories,
  closedPartsLeft,
  departures,
});

/** Nothing of what somebody would have seen who was there. */
const unseen = { chaperone: null, categories: [], closedPartsLeft: null, departures: [] } as const;

/**
 * The record with a correction: what it leaves out stays, but for what nobody saw who did not attend. Who accompanied
 * somebody who attended after all is to be said.
 */
export const asCorrected = (before: Attendance, changes: AttendanceChanges): Recorded => {
  const stood = recordedOf(before);
  const outcome = changes.outcome ?? stood.outcome;
  if (outcome === 'attended')
    return { ...stood, ...(stood.outcome === 'attended' ? {} : { chaperone: undefined }), ...changes };
  const came = outcome === 'turned_away' ? {} : { arrived: null, left: null };
  return { ...stood, ...unseen, ...came, ...changes };
};

/**
 * Record and visit as they were before what is on record of the visit: an arrival does not use up its own event, and nobody
 * says of a visit that it ended unattended.
 */
export const beforeRecord = (
  record: GrantRecord,
  visit: VisitRecord,
): { readonly record: GrantRecord; readonly visit: VisitRecord } => {
  const { attendance, endedBecause } = visit;
  const used = attendance?.outcome === 'attended' ? attendance.arrived?.getTime() : undefined;
  const ended = endedBecause === 'not_attended' ? { endedAt: null, endedBecause: null } : {};
  return {
    record: { ...record, arrivals: record.arrivals.filter((each) => each.getTime() !== used) },
    visit: { ...visit, ...ended, attendance: null },
  };
};

/** A record with what it was judged. */
interface JudgedRecord {
  readonly given: Recorded;
  readonly judged: Pick<Judged, 'authorised' | 'outside' | 'causedBy'>;
}

/**
 * Whether a corrected record shows something outside what was approved that the record before did not show: then it is an
 * incident as at a first recording. Source: need-to-know.md, sections 6 and 6a.
 */
export const showsMoreOutside = (
  before: JudgedRecord,
  after: JudgedRecord,
  approved: readonly Category[],
): boolean => {
  if (after.judged.causedBy === null) return false;
  const departed = before.given.departures.map(({ text }) => text);
  return (
    after.judged.outside.some((limit) => !before.judged.outside.includes(limit)) ||
    after.judged.causedBy !== before.judged.causedBy ||
    after.given.departures.some(({ text }) => !departed.includes(text)) ||
    after.given.categories.some(
      (category) => !approved.includes(category) && !before.given.categories.includes(category),
    ) ||
    (before.judged.authorised === true && after.judged.authorised === false)
  );
};

/** An attendance that was recorded with authority, and the limits that the register has shown to be over since. */
export interface FoundAfterwards {
  readonly visit: VisitRecord;
  readonly arrived: Date;
  readonly limits: readonly Limit[];
}

/**
 * Visits recorded with authority that would have none now, because the register later learned of an earlier end. The
 * record stays as it was made; Data Protection hear that there was no authority.
 */
export const foundAfterwards = (record: GrantRecord, calendar: Calendar): FoundAfterwards[] =>
  record.visits.flatMap((visit) => {
    const { authorised, arrived, left } = visit.attendance ?? {};
    if (!authorised || !arrived || !left) return [];
    const before = beforeRecord(record, visit);
    const limits = limitsBroken(before.record, before.visit, { arrived, left }, calendar);
    return limits.length > 0 ? [{ visit, arrived, limits }] : [];
  });
