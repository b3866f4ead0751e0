/** The stage of a child's journey before a request. Source: need-to-know.md, sections 3 and 7. */
import { atLondonTime } from './london.js';

/** What is on record of the grant of the stage before, as far as the approval of the next one rests on it. */
export interface StageBefore {
  /** The last day of its window. */
  readonly to: string;
  /** When the grant or the journey ended; null while neither has. */
  readonly endedAt: Date | null;
  /** When it was first recorded that somebody was there; null where nobody was. */
  readonly observedAt: Date | null;
}

/**
 * From when the next stage may be approved: somebody has watched the one before, or it has ended. As long as neither is so,
 * that is the last day of its window, and the clock of the next decision goes on from the day after.
 */
export const opensAt = ({ to, endedAt, observedAt }: StageBefore): Date =>
  [observedAt, endedAt].reduce<Date>(
    (first, each) => (each !== null && each < first ? each : first),
    atLondonTime(to, '17:00'),
  );
