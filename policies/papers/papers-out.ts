/**
 * Judges papers by what was allowed while they were out, as attendance.ts judges attendance: under the
 * statutory right of a member in office, or under a grant during one of its sittings. Anything else is recorded
 * as unauthorised and is an incident the same day. Source: need-to-know.md, section 3, last paragraph, and
 * section 6; LGA 1972, sections 83 and 100F; SI 2012/2089, regulations 16 and 17.
 */
import { access } from '../grant/access.js';
import { limitsBroken } from '../visit/attendance.js';
import {
  changesBetween,
  grantAt,
  registeredAt,
  visitAt,
  type GrantRecord,
  type VisitRecord,
} from '../grant/grant-record.js';
import { londonDate } from '../core/time/london.js';
import { startOfMinute, type GivenRelease, type Ground } from './papers.js';
import { holderOn, whyNoRight } from './rights.js';
import type { Cause } from '../core/cause.js';
import { hoursOf, visitAccess } from '../visit/visit-access.js';
import type { Calendar } from '../core/time/working-days.js';

/** The judgement on papers that were out. */
export interface JudgedRelease {
  /** Whether they were lawfully out from release to return, as far as that is known. */
  readonly authorised: boolean;
  /** The limits that did not hold, coded; empty if all held. */
  readonly outside: readonly string[];
  /** Since when a limit did not hold; null if all held. */
  readonly since: Date | null;
  readonly causedBy: Cause;
}

const inOrder: JudgedRelease = { authorised: true, outside: [], since: null, causedBy: 'other' };

/** The right belongs to a person who could have it that day; what the register learned of that day later counts too. */
const outsideOfRight = ({ right, register }: Ground, at: Date): readonly string[] | null => {
  if (right === null) return null;
  if (at < startOfMinute(right.since)) return ['no_right'];
  const reason = whyNoRight(
    right.right,
    holderOn(registeredAt(register, at), londonDate(at), right.governance),
  );
  if (reason === 'not_in_office') return ['standing'];
  return reason === null || right.isEarlier ? [] : ['no_right'];
};

/** A visit of the grant, and the limits that did not hold at that moment. */
interface Sitting {
  readonly visit: VisitRecord;
  readonly outside: readonly string[];
}

/** The sitting as it was known at its door, before anything was recorded of it. */
const unrecorded = (record: GrantRecord, visit: VisitRecord) => ({
  record: {
    ...record,
    arrivals: record.arrivals.filter((arrived) => arrived.getTime() !== visit.attendance?.arrived?.getTime()),
  },
  visit: { ...visit, attendance: null },
});

const atDoor = (record: GrantRecord, visit: VisitRecord, at: Date, calendar: Calendar): Sitting[] => {
  const planned = visitAt(visit, at);
  if (planned?.date !== londonDate(at)) return [];
  const { because } = visitAccess(grantAt(record, at), planned, at, calendar);
  return [{ visit, outside: because.map(({ limit }) => limit) }];
};

/**
 * The visits of that day. From arrival to leaving, the record of attendance says which limits held. Before the
 * arrival, ask whether the door was open; the sitting must not count as having used its own event.
 */
const sittingsAt = (record: GrantRecord, at: Date, calendar: Calendar): Sitting[] =>
  record.visits.flatMap((visit) => {
    const { arrived = null, left = null, authorised = null, outside = [] } = visit.attendance ?? {};
    if (authorised === null || arrived === null || left === null || at > left) {
      return atDoor(record, visit, at, calendar);
    }
    if (at >= arrived) return [{ visit, outside: authorised ? [] : [...outside, 'visit_ended'] }];
    const before = unrecorded(record, visit);
    return atDoor(before.record, before.visit, at, calendar).map((sitting) => ({ ...sitting, visit }));
  });

/** The sitting in which papers were released: of several, the one with the fewest limits that did not hold. */
const sittingOf = (record: GrantRecord, at: Date, calendar: Calendar): Sitting | undefined =>
  sittingsAt(record, at, calendar).toSorted((a, b) => a.outside.length - b.outside.length)[0];

const outsideOfGrant = ({ grant }: Ground, at: Date, calendar: Calendar): readonly string[] | null => {
  if (grant === null) return null;
  if (at < startOfMinute(grant.madeAt)) return ['unplanned'];
  const sitting = sittingOf(grant, at, calendar);
  if (sitting) return sitting.outside;
  return [...access(grantAt(grant, at), at).because.map(({ limit }) => limit), 'unplanned'];
};

/** Papers released in a sitting must come back when the sitting is over, and as soon as the grant ends. */
const judgeStay = (
  grant: GrantRecord,
  { at, returned }: { readonly at: Date; readonly returned: Date },
  calendar: Calendar,
): JudgedRelease => {
  const sitting = sittingOf(grant, at, calendar);
  if (!sitting) return inOrder;
  const { record, visit } = unrecorded(grant, sitting.visit);
  const broken = [...changesBetween(record, visit, at, returned), returned]
    .toSorted((a, b) => a.getTime() - b.getTime())
    .map((moment) => ({
      moment,
      limits: limitsBroken(record, visit, { arrived: moment, left: moment }, calendar).filter(
        (limit) => limit !== 'visit_time',
      ),
    }))
    .filter(({ limits }) => limits.length > 0);
  const [first] = broken;
  if (first) {
    const outside = [...new Set(broken.flatMap(({ limits }) => limits))];
    return { authorised: false, outside, since: first.moment, causedBy: 'other' };
  }
  const planned = visitAt(visit, returned);
  const left = sitting.visit.attendance?.left ?? at;
  return planned && returned > hoursOf(planned).closes && returned > left
    ? { authorised: true, outside: ['overrun'], since: returned, causedBy: 'other' }
    : inOrder;
};

/**
 * Whether the papers were lawfully out for the whole time between release and return, after a lawful release. Under
 * a statutory right they may stay out.
 */
export const judgeReturn = (
  ground: Ground,
  { at, returned }: { readonly at: Date; readonly returned: Date },
  calendar: Calendar,
): JudgedRelease =>
  ground.grant === null || outsideOfRight(ground, at)?.length === 0
    ? inOrder
    : judgeStay(ground.grant, { at, returned }, calendar);

/**
 * Whether the papers were lawfully released, and lawfully out until they came back. An unlawful release is the
 * council's own act. Data Protection find out why papers stayed out too long.
 */
export const judgeRelease = (
  ground: Ground,
  { at, returned }: Pick<GivenRelease, 'at' | 'returned'>,
  calendar: Calendar,
): JudgedRelease => {
  const ofRight = outsideOfRight(ground, at);
  const ofGrant = outsideOfGrant(ground, at, calendar);
  if (ofRight?.length === 0 || ofGrant?.length === 0) {
    return returned ? judgeReturn(ground, { at, returned }, calendar) : inOrder;
  }
  const outside = [...new Set([...(ofRight ?? []), ...(ofGrant ?? [])])];
  return { authorised: false, outside, since: at, causedBy: 'childrens_services' };
};
