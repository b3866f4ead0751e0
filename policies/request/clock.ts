/** What is due on a request, when, and how that was counted. Source: need-to-know.md, section 7. */
import { deadline, type Deadline } from '../core/time/deadlines.js';
import type { ObservationRequest } from './request.js';
import type { Settings } from '../settings/settings.js';

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
  if (row.status === 'submitted' && statutoryRight?.due) {
    if (statutoryRight.allReleased) return null;
    return { what: 'release', at: statutoryRight.due, counted: [], skipped: [], pauses: [] };
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
