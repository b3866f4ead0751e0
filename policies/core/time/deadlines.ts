/**
 * What is due when, and how that was counted (need-to-know.md, section 7). A missed deadline escalates; it never
 * decides, so the functions here only report.
 */
import { endOfLondonDay, londonDate } from './london.js';
import {
  countAround,
  receivedOn,
  type Calendar,
  type Pause,
  type PauseReason,
  type SkippedDay,
} from './working-days.js';

/** A deadline that explains itself: the `due` of the HTTP contract. */
export interface Deadline {
  /** What is due, such as `decide`. */
  readonly what: string;
  /** The date at whose end, in London, it is due; null while the councillor has the request. */
  readonly at: string | null;
  readonly counted: readonly string[];
  readonly skipped: readonly SkippedDay[];
  /** The spans that did not count, both days included; `to` is null while one lasts. */
  readonly pauses: readonly Pause[];
}

/** A request handed back to the councillor at `from`, and in again at `to`; null while it is still out. */
export interface Return {
  readonly from: Date;
  readonly to: Date | null;
  /** Why the clock stood still, where it was not returned. */
  readonly because?: PauseReason | undefined;
}

/** The periods in working days. Each is a default that a council may change in its settings. */
export const periods = {
  /** From submission to the acknowledgement (section 7). */
  acknowledge: 1,
  /** From submission to the decision (section 7). */
  decide: 10,
  /** From a refusal to the councillor's asking for a review (sections 4 and 7). */
  askForReview: 10,
  /** From that to the review's decision (section 7). */
  review: 10,
  /** From a visit to its record of attendance (sections 6 and 7). */
  attendanceRecord: 2,
  /** From a question or a challenge to its answer (section 6; a product default). */
  answerQuestion: 10,
  /** From an incident to the release or the end of the grants that it froze (section 6). */
  frozen: 1,
  /** From contesting a recorded conflict to its settlement (section 4). */
  settleConflict: 2,
  /** From a return to the councillor's answer; without one the request is withdrawn (section 7). */
  answerReturned: 20,
} as const satisfies Readonly<Record<string, number>>;

export type Period = keyof typeof periods;
/** Working days for each step, as one council has them. */
export type Periods = Readonly<Record<Period, number>>;

/**
 * When something is due that was received at `receivedAt` and has `days` working days, not counting the returns.
 *
 * We read "Days from return to resubmission do not count, and the clock goes on from where it stood" like this: no
 * day counts from the day of the return to the day on which the resubmission counts as received, both included. The
 * day of the return is the London date, at any hour. A resubmission is received like anything else (after 17:00, or
 * on a Saturday, it counts as received on the next working day), and that day is a day 0 again. So a request received
 * on Monday and returned on Thursday has used two days, Tuesday and Wednesday; sent again on the next Monday, its
 * third is Tuesday.
 *
 * A return after the due day changes nothing: it does not cure a missed deadline. While the request is returned, `at`
 * is null even so, because the office cannot act; on resubmission the old date shows again.
 *
 * @throws RangeError if `days` is not a whole number from 1 to 250
 */
export const deadline = (
  calendar: Calendar,
  what: string,
  receivedAt: Date,
  days: number,
  returns: readonly Return[],
): Deadline => {
  const pauses = returns
    .map(({ from, to, because }) => ({
      from: londonDate(from),
      to: to && receivedOn(calendar, to),
      ...(because && { because }),
    }))
    .toSorted((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
  const { due, counted, skipped } = countAround(calendar, receivedAt, days, pauses);
  const at = pauses.some(({ to }) => to === null) ? null : due;
  return { what, at, counted, skipped, pauses };
};

/** Whether the due day is over in London. Without a due day nothing is late. */
export const isOverdue = ({ at }: Pick<Deadline, 'at'>, now: Date): boolean =>
  at !== null && now > endOfLondonDay(at);
