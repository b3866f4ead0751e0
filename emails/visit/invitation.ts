/** An invitation that puts a visit into its reader's calendar: iCalendar (RFC 5545) by mail (RFC 5546). */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { atLondonTime } from '../../policies/core/time/london.js';

/**
 * All that an invitation may hold. More people than its owner read a calendar: on a lock screen, in a shared
 * calendar, on its server. So it says no more than that there is an appointment, and when: no place, type or case,
 * and not even the service's name, which says what it is about.
 */
export interface Visit {
  /** The same for as long as the visit lives, of plain characters without spaces. */
  readonly uid: string;
  /** Rises with every change; a calendar ignores a number lower than the one it has. */
  readonly sequence: number;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly from: Date;
  readonly to: Date;
  /** When this invitation was written, and not when it is sent: sent twice, it is the same one. */
  readonly at: Date;
  readonly reference: string;
  readonly councilName: string;
  /** Where the reader signs in. */
  readonly href: string;
  /** The sender's address: a calendar accepts a change only from the sender of the appointment. */
  readonly organizer: string;
  readonly attendee: string;
}

export interface Invitation {
  readonly method: Visit['method'];
  readonly filename: 'invitation.ics';
  readonly content: string;
}

/**
 * Writes a parameter value, which has no escape for a quotation mark: many calendars show the escape of RFC 6868 as
 * it is written, and the library’s own ends the value. So it uses an apostrophe instead, and a slash for a backslash.
 */
const asParameter = (name: string): string =>
  name
    .replaceAll('"', '’')
    .replaceAll('\\', '/')
    .replaceAll('^', '^^')
    .replaceAll(/\p{Cc}/gu, ' ');

/** The address alone, without the name that MAIL_FROM may have before it, as in a URI: one line whatever it holds. */
const asUri = (address: string): string => encodeURI(/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address);

/** Where and when a visit stands in a calendar: an invitation by mail and the calendar at an address name it alike. */
export const placeInCalendar = ({
  id,
  date,
  from,
  to,
  sequence,
}: {
  readonly id: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
}) => ({
  uid: `visit-${id}`,
  sequence,
  from: atLondonTime(date, from),
  to: atLondonTime(date, to),
});

/** What a calendar holds of a visit, no matter who reads it. */
export const appointment = ({
  uid,
  sequence,
  from,
  to,
  at,
  reference,
  href,
  isOff,
}: Pick<Visit, 'uid' | 'sequence' | 'from' | 'to' | 'at' | 'reference' | 'href'> & {
  readonly isOff: boolean;
}) => {
  if (!/^[\w.@:+-]+$/.test(uid)) throw new TypeError('a uid has plain characters only');
  return {
    id: uid,
    sequence,
    stamp: at,
    start: from,
    end: to,
    summary: `Council appointment, ${reference}`,
    description: `Sign in to read what it is about:\n${href}`,
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    class: ICalEventClass.PRIVATE,
    transparency: isOff ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  };
};

/** The same visit gives the same bytes. */
export function invitationTo(visit: Visit): Invitation {
  const { method, councilName, organizer, attendee } = visit;
  const isOff = method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'need-to-know', product: 'invitation', language: 'EN' },
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    ...appointment({ ...visit, isOff }),
    organizer: { name: asParameter(councilName), email: asUri(organizer) },
    attendees: [
      {
        email: asUri(attendee),
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        // A reply would reach a mailbox that nobody reads: people use the service to say whether they come.
        rsvp: false,
      },
    ],
  });
  // Every line ends with CRLF; the library leaves the last one without.
  return { method, filename: 'invitation.ics', content: `${calendar.toString()}\r\n` };
}
