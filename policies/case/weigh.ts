import { startOfLondonDay } from '../core/time/london.js';
import type { ObservationRequest } from '../request/request.js';
import type { Settings } from '../settings/settings.js';
import type { Answers } from '../need-to-know/answers.js';
import { liftedBlocks } from '../need-to-know/lift.js';
import { needToKnow, type TestResult } from '../need-to-know/test.js';

/** When the request ended; null while it has not. */
const endedAt = (row: ObservationRequest): Date | null =>
  row.decidedAt ?? row.withdrawnAt ?? (row.status === 'time_passed' ? (row.timePassedAt ?? null) : null);

/**
 * The test of a request's current version, from the answers that count on it. Source: need-to-know.md, section 2.
 * @param now when it is weighed; after the end of the request it is weighed as of then
 */
export const testOf = (
  settings: Settings,
  row: ObservationRequest,
  answers: Answers,
  now: Date,
): TestResult => {
  if (row.observationType === null) throw new Error('A submitted request has an observation type.');
  return needToKnow({
    observationType: row.observationType,
    events: row.content.events ?? 1,
    answers,
    // The answers are frozen with the decision, and so is the time at which they are weighed.
    now: endedAt(row) ?? now,
    // Until a visit fixes the event it can be no later than the last day of the window.
    eventAt: row.content.window && startOfLondonDay(row.content.window.to),
    calendar: settings,
    lifted: liftedBlocks(row.lifts),
    // A rule of the council's own that is made after an approval does not reach back to it.
    neverObserved: row.status === 'approved' ? [] : settings.choices.neverObserved,
  });
};
