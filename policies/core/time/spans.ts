/** Spans of days, and facts with the time since when they hold. Dates are `YYYY-MM-DD` in Europe/London; instants are `Date`s. */

/** A span of whole days, both included. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** A fact, and since when it holds. */
export interface Since<T> {
  readonly at: Date;
  readonly value: T;
}
