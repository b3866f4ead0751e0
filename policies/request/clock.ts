/**
 * What is due on a request, when, and how that was counted. Source: need-to-know.md, section 7.
 *
 * Papers under a statutory right have a clock of their own: it starts on the day of receipt in London, at any hour and
 * on any day, and no return, no 17:00 rule and no withdrawal touches it. Source: section 3a; SI 2012/2089, regulations
 * 16 and 17.
 */
import { clearDaysAfter, clearDaysBefore, type ClearDayCount } from '../core/time/clear-days.js';
import { inDays } from '../core/words/in-days.js';
import { deadline, type Deadline, type Return } from '../core/time/deadlines.js';
import { opensAt } from '../core/time/stage-before.js';
import { addDays, londonDate } from '../core/time/london.js';
import type { ObservationRequest } from './request.js';
import { isUnderReview } from './reviewed.js';
import type { Cites, ClaimableRight, StatutoryRight } from './statutory-right.js';
import type { Settings } from '../settings/settings.js';

/** Clear days from the receipt of the request (SI 2012/2089, regulation 17(2)). */
const copyWithin = 10;
/** Clear days before a public meeting of the executive (SI 2012/2089, regulation 16). */
const inspectionBefore = 5;

const uncounted = (at: string): ClearDayCount => ({ at, counted: [], skipped: [] });

/** Papers that should have been there already when they were asked for are due on that day. */
const notBefore = (received: string, counted: ClearDayCount): ClearDayCount =>
  counted.at < received ? uncounted(received) : counted;

/** Whether the papers come after the event: after a private meeting, a decision, or a meeting that is over. */
const isAfterwards = (cites: Cites, received: string): boolean =>
  cites.kind !== 'meeting' || cites.private === true || cites.date < received;

/** The last day for papers under a right, with the days that were counted. */
export const rightDue = (
  settings: Settings,
  { right, cites }: { readonly right: ClaimableRight; readonly cites: Cites },
  receivedAt: Date,
): ClearDayCount => {
  const received = londonDate(receivedAt);
  const { clearDays } = settings.choices;
  switch (right) {
    // The Act names no day: the papers are of use until the meeting.
    case 's100F':
      return notBefore(received, uncounted(cites.date));
    case 'reg16':
      // Within 24 hours: by the end of the next day at the latest, since only the day of the event is known.
      return isAfterwards(cites, received)
        ? notBefore(received, uncounted(addDays(cites.date, 1)))
        : notBefore(received, clearDaysBefore(settings, clearDays, cites.date, inspectionBefore));
    case 'reg17':
      return clearDaysAfter(settings, clearDays, received, copyWithin);
  }
};

/** A right has a clock of its own, which no return stops (section 3a). */
const isBeforeOffices = (status: ObservationRequest['status']): boolean =>
  status === 'submitted' || status === 'returned';

/** By when papers are due under a right; Legal may have set an earlier day, which nothing counts. */
const releaseDue = (
  settings: Settings,
  { right, due, cites }: StatutoryRight,
  receivedAt: Date,
): Deadline => {
  const counted = right !== 'none' && cites ? rightDue(settings, { right, cites }, receivedAt) : null;
  return counted?.at === due
    ? { what: 'release', ...counted, pauses: [] }
    : { what: 'release', at: due, counted: [], skipped: [], pauses: [] };
};

/** While a further stage may not be approved yet, the clock of its decision stands still; an order waits for no stage. */
const stagePause = (
  { stageBefore = null, order = null }: Pick<ObservationRequest, 'stageBefore' | 'order'>,
  since: Date,
): readonly Return[] => {
  if (stageBefore === null || order !== null) return [];
  const to = opensAt(stageBefore);
  return to > since ? [{ from: since, to, because: 'stage' }] : [];
};

/**
 * The deadline that runs now: the decision while the offices have the request (or the release of papers under a
 * statutory right), the councillor's answer while it is returned, the review while one is waiting. Null before
 * submission and after the end.
 */
export const dueOf = (
  settings: Settings,
  row: Pick<ObservationRequest, 'status' | 'submittedAt' | 'returns'> &
    Partial<
      Pick<
        ObservationRequest,
        'pauses' | 'remittedAt' | 'review' | 'version' | 'statutoryRight' | 'stageBefore' | 'order'
      >
    >,
): Deadline | null => {
  if (row.submittedAt === null) return null;
  const { review, remittedAt, statutoryRight } = row;
  if (review && isUnderReview(row)) {
    // One that was asked for late is due from when it was accepted; until then, whether it is, from when it was asked for.
    const since = review.late?.acceptedAt ?? review.askedAt;
    return deadline(settings, 'review', since, settings.periods.review, []);
  }
  if (isBeforeOffices(row.status) && statutoryRight?.due) {
    return statutoryRight.allReleased ? null : releaseDue(settings, statutoryRight, row.submittedAt);
  }
  if (row.status === 'submitted') {
    // A remitted request has a new deadline: earlier time does not count.
    const since = remittedAt ?? row.submittedAt;
    const heard = (row.pauses ?? []).map((pause) => ({ ...pause, because: 'hearing' as const }));
    const still = [...row.returns, ...heard].filter(({ from }) => from >= since);
    const pauses = [...still, ...stagePause(row, since)];
    return deadline(settings, 'decide', since, settings.periods.decide, pauses);
  }
  const open = row.returns.find(({ to }) => to === null);
  return row.status === 'returned' && open
    ? deadline(settings, 'answer_returned', open.from, settings.periods.answerReturned, [])
    : null;
};

/**
 * A warning while asking, for a window that ends before the decision is due: a day may go by that nobody decides in time
 * for. It stops nothing. Null where there is time, and once the request is handed in. Source: need-to-know.md, section 4.
 */
export const saysTooSoon = (
  settings: Settings,
  { status, content, submittedAt, returns, pauses = [] }: ObservationRequest,
  now: Date,
): string | null => {
  if (status !== 'draft' && status !== 'returned') return null;
  const again = [...returns, ...pauses].map(({ from, to }) => ({ from, to: to ?? now }));
  const due = deadline(settings, 'decide', submittedAt ?? now, settings.periods.decide, again).at;
  const { window } = content;
  return window !== undefined && due !== null && window.to < due
    ? `The window ends on ${inDays(window.to)}, and a request that you hand in now is due to be decided by the end of ${inDays(due)}. ` +
        'It may be over before anybody has decided. What you can have at once, without a request, is a briefing or data: ask Democratic Services.'
    : null;
};
