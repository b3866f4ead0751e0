/**
 * By when papers are due under a statutory right. The clock starts when the request is received: the day of receipt in
 * London, at any hour and on any day. No return, no 17:00 rule and no withdrawal touches it.
 * Source: need-to-know.md, section 3a; SI 2012/2089, regulations 16 and 17.
 */
import { clearDaysAfter, clearDaysBefore, type ClearDayCount } from '../core/time/clear-days.js';
import { addDays, londonDate } from '../core/time/london.js';
import type { Settings } from '../settings/settings.js';
import type { Cites, ClaimableRight } from './statutory-right.js';

/** Clear days from the receipt of the request (SI 2012/2089, regulation 17(2)). */
export const copyWithin = 10;
/** Clear days before a public meeting of the executive (SI 2012/2089, regulation 16). */
export const inspectionBefore = 5;

const uncounted = (at: string): ClearDayCount => ({ at, counted: [], skipped: [] });

/** Papers that should have been there already when they were asked for are due on that day. */
const notBefore = (received: string, counted: ClearDayCount): ClearDayCount =>
  counted.at < received ? uncounted(received) : counted;

/** Whether the papers come after the event: after a private meeting, a decision, or a meeting that is over. */
const isAfterwards = (cites: Cites, received: string): boolean =>
  cites.kind !== 'meeting' || cites.private === true || cites.date < received;

/** The last day for the papers, with the days that were counted. */
export const rightDue = (
  settings: Settings,
  { right, cites }: { readonly right: ClaimableRight; readonly cites: Cites },
  receivedAt: Date,
): ClearDayCount => {
  const received = londonDate(receivedAt);
  const { clearDays } = settings.choices;
  switch (right) {
    // The Act names no day: the papers are of use until the meeting.
    case 's100F':
      return notBefore(received, uncounted(cites.date));
    case 'reg16':
      // Within 24 hours: by the end of the next day at the latest, since only the day of the event is known.
      return isAfterwards(cites, received)
        ? notBefore(received, uncounted(addDays(cites.date, 1)))
        : notBefore(received, clearDaysBefore(settings, clearDays, cites.date, inspectionBefore));
    case 'reg17':
      return clearDaysAfter(settings, clearDays, received, copyWithin);
  }
};
