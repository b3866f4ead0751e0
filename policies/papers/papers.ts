/**
 * Papers: whether a right to them exists outside the test, and which releases people may record. papers-out.ts judges
 * whether a release was allowed. Source: need-to-know.md, section 3, last paragraph; LGA 1972, Part VA; SI 2012/2089.
 */
import { visitAt, type GrantRecord, type Registered } from '../grant/grant-record.js';
import { atLondonTime, endOfLondonDay, londonDate } from '../core/time/london.js';
import { invalid } from '../core/rules.js';
import { categories } from '../core/category.js';
import type { Since } from '../core/time/spans.js';
import type { ClaimableRight } from '../request/statutory-right.js';
import type { PapersRecord, RecordedRight } from './on-record.js';
import { refuseRight, whyNotReleased } from './rights.js';
import type { Governance } from '../settings/governance.js';
import type { ObservationRequest } from '../request/request.js';

/** A right that counts: since when, and what it is judged by. */
export interface RightAtWork {
  readonly since: Date;
  readonly right: ClaimableRight;
  readonly governance: Governance;
  /** Whether it is from before rights were confirmed: then nothing but the standing is judged. */
  readonly isEarlier: boolean;
}

/** What a release rests on: a right, with the time from which it holds, or the grant. */
export interface Ground {
  readonly right: RightAtWork | null;
  readonly grant: GrantRecord | null;
  /** The register of the councillor, oldest first: a right is a present member's. */
  readonly register: readonly Since<Registered>[];
}

/** The records of a right to one version, oldest first, as far as a release rests on them. */
export type RightHeld = Pick<RecordedRight, 'right' | 'recordedAt' | 'counts'> & {
  readonly confirmed: Pick<NonNullable<RecordedRight['confirmed']>, 'at'> | null;
};

/** The right that the latest record gives; null where there is none, or nobody has confirmed it. */
export const rightAtWork = (recorded: readonly RightHeld[], governance: Governance): RightAtWork | null => {
  const last = recorded.at(-1);
  if (last === undefined || last.right === 'none' || !last.counts) return null;
  const first = recorded[recorded.findLastIndex(({ right }) => right === 'none') + 1] ?? last;
  const isEarlier = last.confirmed === null;
  return { since: last.confirmed?.at ?? first.recordedAt, right: last.right, governance, isEarlier };
};

/** The papers that may be named in a release: those asked for, or the coded ones that the grant exposes. */
export const releasable = (
  { content }: Pick<ObservationRequest, 'content'>,
  grant: Pick<GrantRecord, 'categories'> | null,
) => {
  const asked = (content.papers ?? []).map(({ category }) => category);
  // Papers that nobody named go by the codes that a grant would use.
  const coded: readonly string[] = grant?.categories ?? (asked.length === 0 ? categories : []);
  return [...new Set([...asked, ...coded])];
};

/** A time; or only a day, `YYYY-MM-DD`, if nobody wrote down the time. */
export type When = Date | string;

/** Whether that is the same moment; a day matches any moment of it. */
export const isThen = (when: When, moment: Date): boolean =>
  when instanceof Date ? when.getTime() === moment.getTime() : londonDate(moment) === when;

/** From when until when something may have been meant. */
interface Span {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The moment meant. A day without a time means noon. If noon is outside the span or in the future, take the nearest
 * moment of that day that is not.
 */
export const momentMeant = (
  when: When,
  { within, now }: { readonly within: Partial<Span>; readonly now: Date },
): Date => {
  if (when instanceof Date) return when;
  const onThatDay = (moment: Date | undefined) => moment !== undefined && londonDate(moment) === when;
  const { from, to } = within;
  const noon = atLondonTime(when, '12:00');
  const notLate = to && onThatDay(to) && to < noon ? to : noon;
  const notEarly = from && onThatDay(from) && from > notLate ? from : notLate;
  return onThatDay(now) && notEarly > now ? now : notEarly;
};

/**
 * The span meant by a day without a time: the sitting of that day, recorded or planned, because people read papers in
 * one; otherwise the time since there was anything to release them under.
 */
export const spanMeant = (when: When, { right, grant }: Ground): Partial<Span> => {
  const since = right?.since ?? grant?.madeAt;
  const sitting = typeof when === 'string' && right === null ? sittingOn(grant, when) : undefined;
  return sitting ?? (since ? { from: since } : {});
};

/** Where there are several on one day, the one that is nearest to its noon. */
const sittingOn = (grant: GrantRecord | null, day: string): Span | undefined => {
  const noon = atLondonTime(day, '12:00');
  const sittings = (grant?.visits ?? []).flatMap((visit) => {
    const { attendance } = visit;
    if (attendance?.arrived && attendance.left) return [{ from: attendance.arrived, to: attendance.left }];
    const plan = visitAt(visit, endOfLondonDay(day));
    return plan ? [{ from: atLondonTime(plan.date, plan.from), to: atLondonTime(plan.date, plan.to) }] : [];
  });
  return sittings
    .filter(({ from }) => londonDate(from) === day)
    .toSorted((a, b) => distance(a, noon) - distance(b, noon))[0];
};

const distance = ({ from, to }: Span, moment: Date): number =>
  Math.max(0, from.getTime() - moment.getTime(), moment.getTime() - to.getTime());

export interface GivenRelease {
  readonly category: string;
  readonly at: Date;
  readonly returned?: Date | undefined;
  /** Whether it is a copy that the councillor keeps. */
  readonly copy?: boolean | undefined;
}

const lateOrEarly = ({ at, returned, copy }: GivenRelease, now: Date) => [
  ...(at > now ? [{ field: 'at', message: 'This is still to come: record it once it has happened.' }] : []),
  ...(returned !== undefined && returned > now
    ? [{ field: 'returned', message: 'This is still to come: record it once it has happened.' }]
    : []),
  ...(returned !== undefined && returned < at
    ? [{ field: 'returned', message: 'Papers come back after they were released.' }]
    : []),
  ...(copy === true && returned !== undefined
    ? [{ field: 'returned', message: 'A copy stays with the councillor: nothing comes back.' }]
    : []),
];

/** @throws Invalid, naming the time that is in the future or out of order */
export const assertTimes = (given: GivenRelease, now: Date): void => {
  const errors = lateOrEarly(given, now);
  if (errors.length > 0) throw invalid('release', errors);
};

/** Times are in whole minutes, so anything that began within the minute counts as there. */
export const startOfMinute = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000);

/**
 * A right releases papers kind by kind.
 * @throws Conflict by the rule `statutory_right`, with its authority
 */
export const assertReleasedByRight = (
  {
    row,
    papers,
  }: { readonly row: Pick<ObservationRequest, 'version'>; readonly papers: Pick<PapersRecord, 'rights'> },
  { category }: Pick<GivenRelease, 'category'>,
): void => {
  const last = papers.rights.findLast(({ version }) => version === row.version);
  if (last === undefined || last.right === 'none' || !last.counts) return;
  // A right from before has no citation to judge by: it was for all the papers asked for.
  if (last.cites === null) return;
  const finding = last.findings.find((found) => found.category === category)?.finding ?? null;
  const reason = whyNotReleased(last.right, { category, cites: last.cites, finding });
  if (reason !== null) throw refuseRight(reason);
};

/**
 * Whether a release of these papers is recorded on this request, which has, or had, a right or a grant to release
 * them under. One that nothing allowed at its own time is recorded too, as what it was.
 * @throws Invalid for other papers, or a time before the request was made
 */
export const assertRecordable = (
  row: ObservationRequest,
  { category, at }: GivenRelease,
  { right, grant }: Ground,
): void => {
  if (!releasable(row, right === null ? grant : null).includes(category)) {
    throw invalid('release', [
      { field: 'category', message: 'Choose one of the papers that were asked for.' },
    ]);
  }
  if (at < startOfMinute(row.createdAt)) {
    throw invalid('release', [
      {
        field: 'at',
        message: 'Nobody had asked for these papers then. Report an incident where they were shown.',
      },
    ]);
  }
};
