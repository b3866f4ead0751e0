/**
 * Papers while they were out, judged by what was allowed then, as attendance is (attendance.ts): under a
 * statutory right of a present member, or under a grant in a sitting of it. What nothing allowed is recorded
 * as what it was, and is an incident the same day. Source: need-to-know.md, section 3, last paragraph, and
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
import { standingOn } from '../register/register.js';
import type { Cause } from '../core/cause.js';
import { hoursOf, visitAccess } from '../visit/visit-access.js';
import type { Calendar } from '../core/time/working-days.js';

/** What lay outside of what was allowed while papers were out. */
export interface JudgedRelease {
  /** Whether something allowed it from the release until they came back, as far as that is known. */
  readonly authorised: boolean;
  /** What did not hold, coded: empty where nothing lay outside. */
  readonly outside: readonly string[];
  /** Since when it lay outside; null where nothing did. */
  readonly since: Date | null;
  readonly causedBy: Cause;
}

const inOrder: JudgedRelease = { authorised: true, outside: [], since: null, causedBy: 'other' };

/** Nobody but a member, in office or co-opted, has the right: by what is known of that day now as well. */
const outsideOfRight = ({ right, register }: Ground, at: Date): readonly string[] | null => {
  if (right === null) return null;
  if (at < startOfMinute(right.since)) return ['no_right'];
  const standing = standingOn(registeredAt(register, at), londonDate(at));
  return standing === 'sitting' || standing === 'coopted' ? [] : ['standing'];
};

/** How a visit of the grant stood to that moment, and the limits that did not hold. */
interface Sitting {
  readonly visit: VisitRecord;
  readonly outside: readonly string[];
}

/** As the sitting's door had it, whatever has been recorded of the sitting since. */
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
 * The visits of that day. Once what happened is on record, it says how every limit held from arrival to
 * leaving, and the sitting has not used up its own event; until the arrival its door was open or was not.
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

/** The sitting that papers were released in, or the one that came nearest to allowing it. */
const sittingOf = (record: GrantRecord, at: Date, calendar: Calendar): Sitting | undefined =>
  sittingsAt(record, at, calendar).toSorted((a, b) => a.outside.length - b.outside.length)[0];

const outsideOfGrant = ({ grant }: Ground, at: Date, calendar: Calendar): readonly string[] | null => {
  if (grant === null) return null;
  if (at < startOfMinute(grant.madeAt)) return ['unplanned'];
  const sitting = sittingOf(grant, at, calendar);
  if (sitting) return sitting.outside;
  return [...access(grantAt(grant, at), at).because.map(({ limit }) => limit), 'unplanned'];
};

/** Papers that were released in a sitting are back when it is over, and as soon as the grant is. */
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
 * Whether something allowed what followed a release that was allowed, until the papers came back. Under a right
 * they may stay out.
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
 * Whether something allowed the release at its moment, and what followed until the papers came back. To release them is the council's own act; why they were out too long is for Data Protection to find.
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
