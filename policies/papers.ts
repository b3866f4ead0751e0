/**
 * Papers: whether there is a right to them outside the test, and what may be released when.
 * Source: need-to-know.md, section 3, last paragraph; LGA 1972, Part VA; SI 2012/2089.
 */
import { access } from './access.js';
import { grantAt, type GrantRecord } from './grant-record.js';
import { atLondonTime, londonDate } from './london.js';
import { conflict, invalid } from './rules.js';
import { categories, type ObservationRequest, type StatutoryRight } from './subjects.js';

/** A right, as Legal records it. @throws Invalid where `due` does not go with it */
export const assertRight = (
  { right, due }: { readonly right: StatutoryRight['right']; readonly due?: string | undefined },
  now: Date,
): void => {
  const refuse = (message: string, key: 'release' | 'nothing_backdated' = 'release') =>
    invalid(key, [{ field: 'due', message }]);
  if (right === 'none' && due !== undefined) throw refuse('Where there is no right, nothing is due.');
  if (right === 'none') return;
  if (due === undefined) throw refuse('Say by when the papers are to be released.');
  if (due < londonDate(now)) throw refuse('Choose today or a later day.', 'nothing_backdated');
};

/** What a release rests on: a right with the time since when it holds, or the grant. */
export interface Ground {
  readonly right: { readonly recordedAt: Date } | null;
  readonly grant: GrantRecord | null;
}

/** The papers that may be named in a release: those asked for, or the coded ones that the grant exposes. */
export const releasable = (
  { content }: Pick<ObservationRequest, 'content'>,
  grant: Pick<GrantRecord, 'categories'> | null,
) => {
  const asked = (content.papers ?? []).map(({ category }) => category);
  // Papers that nobody has named are spoken of by the codes that a grant would use.
  const coded: readonly string[] = grant?.categories ?? (asked.length === 0 ? categories : []);
  return [...new Set([...asked, ...coded])];
};

/** A time; or a day alone, `YYYY-MM-DD`, where nobody wrote down the time. */
export type When = Date | string;

/** Whether that is the moment meant; a day means any moment of it. */
export const isThen = (when: When, moment: Date): boolean =>
  when instanceof Date ? when.getTime() === moment.getTime() : londonDate(moment) === when;

/**
 * The moment that is meant. A day alone stands for its noon, or where that would be before `since` or after
 * now on that same day, for the nearest moment that is neither.
 */
export const momentMeant = (
  when: When,
  { since, now }: { readonly since: Date | undefined; readonly now: Date },
): Date => {
  if (when instanceof Date) return when;
  const noon = atLondonTime(when, '12:00');
  const first = since !== undefined && londonDate(since) === when && since > noon ? since : noon;
  return londonDate(now) === when && first > now ? now : first;
};

/** Since when papers can be released at all; undefined where nothing allows it. */
export const releasableSince = ({ right, grant }: Ground): Date | undefined =>
  right?.recordedAt ?? grant?.madeAt;

export interface GivenRelease {
  readonly category: string;
  readonly at: Date;
  readonly returned?: Date | undefined;
}

const lateOrEarly = ({ at, returned }: GivenRelease, now: Date) => [
  ...(at > now ? [{ field: 'at', message: 'This is still to come: record it once it has happened.' }] : []),
  ...(returned !== undefined && returned > now
    ? [{ field: 'returned', message: 'This is still to come: record it once it has happened.' }]
    : []),
  ...(returned !== undefined && returned < at
    ? [{ field: 'returned', message: 'Papers come back after they were released.' }]
    : []),
];

/** @throws Invalid, naming what lies ahead or is out of order */
export const assertTimes = (given: GivenRelease, now: Date): void => {
  const errors = lateOrEarly(given, now);
  if (errors.length > 0) throw invalid('release', errors);
};

/** A sitting was under way, and every limit held from arrival to leaving: it has not used up its own event. */
const isInSitting = ({ visits }: GrantRecord, at: Date): boolean =>
  visits.some(({ attendance }) => {
    if (!attendance?.authorised) return false;
    const { arrived, left } = attendance;
    return arrived !== null && left !== null && arrived <= at && at <= left;
  });

/** Times are told by the minute, and so what was there in that minute was there. */
const startOfMinute = (at: Date): number => Math.floor(at.getTime() / 60_000) * 60_000;

/**
 * Whether these papers could be released then: under the right, or while the grant allowed it.
 * @throws Invalid for other papers, or a time before either was there; Conflict where neither allows it
 */
export const assertReleasable = (
  row: ObservationRequest,
  { category, at }: GivenRelease,
  ground: Ground,
): void => {
  const { right, grant } = ground;
  if (right === null && grant === null) {
    if (row.statutoryRight === null) throw conflict('right_first');
    throw conflict('release');
  }
  if (!releasable(row, right === null ? grant : null).includes(category)) {
    throw invalid('release', [
      { field: 'category', message: 'Choose one of the papers that were asked for.' },
    ]);
  }
  const since = releasableSince(ground);
  if (since !== undefined && at.getTime() < startOfMinute(since)) {
    throw invalid('release', [
      { field: 'at', message: 'Nothing is released before there is a right to it, or a grant.' },
    ]);
  }
  if (right !== null || grant === null || isInSitting(grant, at)) return;
  const { allowed, because } = access(grantAt(grant, at), at);
  if (!allowed) {
    throw conflict(
      'release',
      `What was granted does not allow it then: ${because.map(({ explanation }) => explanation).join(' ')}`,
    );
  }
};
