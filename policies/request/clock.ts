/** What is due on a request, when, and how that was counted. Source: need-to-know.md, section 7. */
import { inDays } from '../core/words/in-days.js';
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

/**
 * A warning while asking, for a window that ends before the decision is due: a day may go by that nobody decides in time
 * for. It stops nothing. Null where there is time, and once the request is handed in. Source: need-to-know.md, section 4.
 */
export const saysTooSoon = (
  settings: Settings,
  { status, content, submittedAt, returns }: ObservationRequest,
  now: Date,
): string | null => {
  if (status !== 'draft' && status !== 'returned') return null;
  const again = returns.map(({ from, to }) => ({ from, to: to ?? now }));
  const due = deadline(settings, 'decide', submittedAt ?? now, settings.periods.decide, again).at;
  const { window } = content;
  return window !== undefined && due !== null && window.to < due
    ? `The window ends on ${inDays(window.to)}, and a request that you hand in now is due to be decided by the end of ${inDays(due)}. ` +
        'It may be over before anybody has decided. What you can have at once, without a request, is a briefing or data: ask Democratic Services.'
    : null;
};
