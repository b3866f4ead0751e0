/**
 * Clear days: both ends are left out. Every day counts, Saturdays and holidays too, unless the council has chosen to
 * count working days alone. Source: need-to-know.md, section 3a. Dates are `YYYY-MM-DD` in Europe/London.
 */
import { addDays } from './london.js';
import { whyNotWorking, type Calendar, type SkippedDay } from './working-days.js';

/** The days that count as clear days: all of them, by default, or working days alone. */
export const clearDayKinds = ['calendar_days', 'working_days'] as const;
export type ClearDays = (typeof clearDayKinds)[number];

/** Where a count of clear days ends, with the days between its ends. */
export interface ClearDayCount {
  readonly at: string;
  readonly counted: readonly string[];
  readonly skipped: readonly SkippedDay[];
}

/** Counts `days` clear days from a day on, or back from it. @returns the first day that lies beyond all of them */
const count = (
  calendar: Calendar,
  kind: ClearDays,
  { end, days, step }: { readonly end: string; readonly days: number; readonly step: 1 | -1 },
): ClearDayCount => {
  const counted: string[] = [];
  const skipped: SkippedDay[] = [];
  const whyNot = (date: string) => (kind === 'working_days' ? whyNotWorking(calendar, date) : null);
  let date = addDays(end, step);
  for (; ; date = addDays(date, step)) {
    const reason = whyNot(date);
    if (reason !== null) skipped.push({ date, reason });
    else if (counted.length < days) counted.push(date);
    else break;
  }
  const inOrder = <T>(list: T[]): T[] => (step === 1 ? list : list.toReversed());
  return { at: date, counted: inOrder(counted), skipped: inOrder(skipped) };
};

/** The last day for something that may take so many clear days after a day. */
export const clearDaysAfter = (
  calendar: Calendar,
  kind: ClearDays,
  after: string,
  days: number,
): ClearDayCount => count(calendar, kind, { end: after, days, step: 1 });

/** The last day for something that must come so many clear days before a day. */
export const clearDaysBefore = (
  calendar: Calendar,
  kind: ClearDays,
  before: string,
  days: number,
): ClearDayCount => count(calendar, kind, { end: before, days, step: -1 });
