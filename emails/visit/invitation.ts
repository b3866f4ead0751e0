/** An invitation that puts a visit into its reader's calendar: iCalendar (RFC 5545) by mail (RFC 5546). */
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';

/**
 * All that an invitation may be made of. A calendar is read by more than its owner: on a lock screen, by those it is
 * shared with, by whoever keeps its server. So it says no more than that there is an appointment, and when: no
 * place, type or case, and not the service's name either, which says what it is about.
 */
export interface Visit {
  /** The same for as long as the visit lives, of plain characters without spaces. */
  readonly uid: string;
  /** Rises with every change; a calendar passes over what is lower than what it has. */
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
  /** The address that the mail comes from: a calendar heeds a change only from whom the appointment is. */
  readonly organizer: string;
  readonly attendee: string;
}

export interface Invitation {
  readonly method: Visit['method'];
  readonly filename: 'invitation.ics';
  readonly content: string;
}

/**
 * As the value of a parameter, which has no escape for a quotation mark: many calendars show that of RFC 6868 as it
 * is written, and the library’s own ends the value. So an apostrophe stands for it, and a slash for a backslash.
 */
const asParameter = (name: string): string =>
  name
    .replaceAll('"', '’')
    .replaceAll('\\', '/')
    .replaceAll('^', '^^')
    .replaceAll(/\p{Cc}/gu, ' ');

/** The address alone, as MAIL_FROM may have a name before it, and as a URI has it: one line whatever is in it. */
const asUri = (address: string): string => encodeURI(/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address);

/** The same visit gives the same bytes. */
export function invitationTo(visit: Visit): Invitation {
  const { uid, sequence, method, from, to, at, reference, councilName, href, organizer, attendee } = visit;
  if (!/^[\w.@:+-]+$/.test(uid)) throw new TypeError('a uid has plain characters only');
  const isOff = method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'need-to-know', product: 'invitation', language: 'EN' },
    method: isOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: uid,
    sequence,
    stamp: at,
    start: from,
    end: to,
    summary: `Council appointment, ${reference}`,
    description: `Sign in to read what it is about:\n${href}`,
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    class: ICalEventClass.PRIVATE,
    transparency: ICalEventTransparency.OPAQUE,
    organizer: { name: asParameter(councilName), email: asUri(organizer) },
    attendees: [
      {
        email: asUri(attendee),
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        // A reply would reach a mailbox that nobody acts on: who comes is said in the service.
        rsvp: false,
      },
    ],
  });
  // Every line ends with CRLF; the library leaves the last one without.
  return { method, filename: 'invitation.ics', content: `${calendar.toString()}\r\n` };
}
