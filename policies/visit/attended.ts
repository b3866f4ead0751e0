/** What happened at a visit. */
import type { Category } from '../core/category.js';
import type { Cause } from '../core/cause.js';

export const attendanceOutcomes = ['attended', 'did_not_attend', 'turned_away', 'cancelled'] as const;

export type AttendanceOutcome = (typeof attendanceOutcomes)[number];

/** A departure from what was approved, and who caused it. */
export interface Departure {
  readonly text: string;
  readonly causedBy: Cause;
}

/** What happened at a visit, judged by what was allowed between arrival and leaving. */
export interface Attendance {
  readonly outcome: AttendanceOutcome;
  /** Null unless somebody arrived. */
  readonly arrived: Date | null;
  readonly left: Date | null;
  readonly chaperone: string | null;
  readonly categories: readonly Category[];
  /** Null where there was no closed part. */
  readonly closedPartsLeft: boolean | null;
  readonly departures: readonly Departure[];
  /** Whether every limit held from arrival to leaving; null if nobody attended. */
  readonly authorised: boolean | null;
  /** The limits that did not hold, by key. */
  readonly outside: readonly string[];
  readonly recordedAt: Date;
  /** The councillor's comment; null until they make one. */
  readonly confirmation: {
    readonly agrees: boolean;
    readonly comment: string | null;
    readonly at: Date;
  } | null;
}
