/** How the deadlines of a request have moved: need-to-know.md, section 7. */

export type MovedBecause = 'calendar' | 'settings' | 'stage';

/** A deadline that ran, and was moved from one day to another. */
export interface DeadlineMove {
  readonly what: string;
  readonly was: string;
  readonly became: string;
  readonly because: MovedBecause;
  readonly at: Date;
}

/** What the record says about a request's time. */
export interface TimeRecord {
  /** When the receipt went out that was written to the councillor; null where none has. */
  readonly acknowledgedAt: Date | null;
  /** Every move of its deadlines, oldest first. */
  readonly moves: readonly DeadlineMove[];
}
