/** The calendar that a program reads at its owner's private address: iCalendar (RFC 5545), published. */
import ical, { ICalCalendarMethod } from 'ical-generator';
import { appointment, type Visit } from './invitation.js';

/** A visit as it stands now. */
export type Appointed = Omit<Visit, 'method' | 'councilName' | 'organizer' | 'attendee'> & {
  readonly isOff: boolean;
};

/** How often programs should ask again. */
const everySeconds = 60 * 60;

/** The same visits give the same bytes. A visit that is off stays, marked as such: some programs forget nothing else. */
export const calendarOf = (councilName: string, visits: readonly Appointed[]): string => {
  const calendar = ical({
    prodId: { company: 'need-to-know', product: 'calendar', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: `Appointments, ${councilName}`,
    ttl: everySeconds,
  });
  for (const visit of visits) calendar.createEvent(appointment(visit));
  return `${calendar.toString()}\r\n`;
};
