/** What is due on a request, when, and how that was counted. Source: need-to-know.md, section 7. */
import { deadline, type Deadline } from '../core/time/deadlines.js';
import type { ObservationRequest } from './request.js';
import type { StatutoryRight } from './statutory-right.js';
import { rightDue } from './right-clock.js';
import type { Settings } from '../settings/settings.js';

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

/**
 * The deadline that runs now: the decision while the offices have the request (or the release of papers under a
 * statutory right), the councillor's answer while it is returned, the review while one is waiting. Null before
 * submission and after the end.
 */
export const dueOf = (
  settings: Settings,
  row: Pick<ObservationRequest, 'status' | 'submittedAt' | 'returns'> &
    Partial<Pick<ObservationRequest, 'remittedAt' | 'review' | 'version' | 'statutoryRight'>>,
): Deadline | null => {
  if (row.submittedAt === null) return null;
  const { review, remittedAt, statutoryRight } = row;
  if (row.status === 'refused' && review && review.version === row.version && review.outcome === null) {
    return deadline(settings, 'review', review.askedAt, settings.periods.review, []);
  }
  if (isBeforeOffices(row.status) && statutoryRight?.due) {
    return statutoryRight.allReleased ? null : releaseDue(settings, statutoryRight, row.submittedAt);
  }
  if (row.status === 'submitted') {
    // A remitted request has a new deadline: earlier time does not count.
    const since = remittedAt ?? row.submittedAt;
    const returns = row.returns.filter(({ from }) => from >= since);
    return deadline(settings, 'decide', since, settings.periods.decide, returns);
  }
  const open = row.returns.find(({ to }) => to === null);
  return row.status === 'returned' && open
    ? deadline(settings, 'answer_returned', open.from, settings.periods.answerReturned, [])
    : null;
};
