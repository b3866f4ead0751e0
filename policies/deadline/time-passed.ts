/**
 * A request whose window is over before anybody decided it closes by itself. It has no ground and decides nothing: the
 * councillor is told with an apology and may ask again. Source: need-to-know.md, section 4.
 *
 * What is ordered is carried out on days that the offices settle, so that its window closes nothing. Two kinds wait for more
 * than their window. A request that was remitted has fresh deadlines, and its councillor may
 * still move the window: it closes no earlier than the fresh deadline is over. And no right to papers is closed by time
 * (section 3a): a request for papers closes by it only where it counts that there is no right and nobody claimed one.
 */
import { ruleSays } from '../core/rules.js';
import { addDays, londonDate, startOfLondonDay } from '../core/time/london.js';
import { inDays } from '../core/words/in-days.js';
import type { Settings } from '../settings/settings.js';
import { dueOf } from '../request/clock.js';
import { orderStands } from '../request/reviewed.js';
import type { ObservationRequest } from '../request/request.js';

export interface TimePassed {
  /** The last day on which it could have been decided, `YYYY-MM-DD`. */
  readonly last: string;
  /** From when it is closed: the beginning of the next day in London. */
  readonly since: Date;
  /** The day by which the decision was due; null while the councillor had the request. */
  readonly due: string | null;
  /** Whether the decision was overdue by then: only then may it be reviewed. */
  readonly late: boolean;
}

type Timed = Pick<ObservationRequest, 'status' | 'submittedAt' | 'returns' | 'content' | 'observationType'> &
  Partial<ObservationRequest>;

/** Papers that a right may open, or that a councillor claims a right to. */
const rightMayStand = ({ observationType, statutoryRight }: Timed): boolean =>
  observationType === 'document_inspection' &&
  !(statutoryRight?.counts === true && statutoryRight.right === 'none' && statutoryRight.claimed === null);

/** Since when the time of an undecided request is over; null where it is not. Whether a job has run since does not matter. */
export const timePassed = (settings: Settings, row: Timed, now: Date): TimePassed | null => {
  const { window } = row.content;
  if (
    (row.status !== 'submitted' && row.status !== 'returned') ||
    !window ||
    rightMayStand(row) ||
    orderStands(row)
  )
    return null;
  const running = dueOf(settings, row);
  const remitted = row.remittedAt !== undefined && row.remittedAt !== null;
  const last = remitted && running?.at && running.at > window.to ? running.at : window.to;
  if (last >= londonDate(now)) return null;
  const due = running?.what === 'decide' ? running.at : null;
  return { last, due, late: due !== null && due <= last, since: startOfLondonDay(addDays(last, 1)) };
};

/** What stands in the way of a command: nobody answers, discusses or signs once the time is over, whether or not a job has run. */
export const timeIsOver = {
  rule: 'time_passed',
  when({
    row,
    settings,
    at,
  }: {
    readonly row: ObservationRequest;
    readonly settings: Settings;
    readonly at: Date;
  }): string | false {
    const passed = timePassed(settings, row, at);
    return passed !== null && `${ruleSays('time_passed')} The last day was ${inDays(passed.last)}.`;
  },
} as const;
