/**
 * Months as the law counts them, which no setting changes: to the corresponding day, and where that is no working day to
 * the next one. Source: UK GDPR, Article 12(3), with the guidance of the Information Commissioner on the right of access
 * (the time runs from the day of receipt; a last day at a weekend or on a bank holiday gives until the next working day).
 */
import type { Deadline } from './deadlines.js';
import { addDays, addMonths } from './london.js';
import { whyNotWorking, type Calendar, type SkippedDay } from './working-days.js';

/** When something is due that was received on a day (`YYYY-MM-DD`, whatever the hour) and has so many months. */
export const monthsFrom = (
  calendar: Calendar,
  what: string,
  receivedOn: string,
  months: number,
): Deadline & { readonly at: string } => {
  const skipped: SkippedDay[] = [];
  let at = addMonths(receivedOn, months);
  for (
    let reason = whyNotWorking(calendar, at);
    reason !== null;
    at = addDays(at, 1), reason = whyNotWorking(calendar, at)
  )
    skipped.push({ date: at, reason });
  return { what, at, counted: [], skipped, pauses: [] };
};
