import type { CarriedVisit } from '../../db/outbox/outbox.js';
import { noticeKinds, type NoticeKind } from '../../policies/core/notices.js';
import { placeInCalendar, type Visit } from '../visit/invitation.js';
import { asHtml, asText, type Letter } from '../core/layout.js';
import { everyNotice } from './every-notice.js';
import type { Pages } from '../core/template.js';
import { isMissed, lineInWords, pageOf, type TimelyLine } from '../deadline/reminders.js';

/** All of a message that its words may be made of. */
export interface NoticeFacts {
  readonly kind: string;
  readonly reference: string;
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
  /** The lines of a digest, in order. */
  readonly reminders?: readonly TimelyLine[] | null;
  /** Numbers that the message tells, by their names. */
  readonly counts?: Readonly<Record<string, number>> | null;
  /** The signed note that the message carries. */
  readonly checkpoint?: string | null;
  /** The id of the link to set a password, as long as it works. */
  readonly link?: string | null;
  /** The visit that goes into the reader's calendar. */
  readonly visit?: CarriedVisit | null;
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where the reader is led. */
  readonly link: { readonly text: string; readonly href: string };
  /** The appointment for the reader's calendar, without sender and recipient. */
  readonly appointment?: Appointment;
}

/** An invitation without its two addresses. */
export type Appointment = Omit<Visit, 'organizer' | 'attendee'>;

export interface RenderOptions {
  /** Where people find the service. */
  readonly baseUrl: URL;
  readonly councilName: string;
  readonly serviceName: string;
  readonly pages: Pages;
  /** Makes the token of a link to set a password from its id. */
  readonly tokenOf: (linkId: string) => string;
}

/** Writes a message; null for a kind that this version of the service has no words for. */
export type RenderNotice = (facts: NoticeFacts) => Rendered | null;

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
/** `Monday 20 April 2026`. */
const inWords = (date: string): string => day.format(new Date(`${date}T00:00:00Z`)).replace(',', '');

/**
 * A visit that is off is taken out of the calendar; a visit that ended after the message was written is not put into
 * it.
 */
const appointmentOf = (
  kind: NoticeKind,
  visit: CarriedVisit,
  words: Pick<Appointment, 'reference' | 'councilName' | 'href'>,
): Appointment | null => {
  const isOff = kind === 'visit_off';
  if (isOff !== visit.ended) return null;
  return {
    ...words,
    ...placeInCalendar(visit),
    method: isOff ? 'CANCEL' : 'REQUEST',
    at: new Date(visit.changedAt),
  };
};

const isReference = (called: string): boolean => /^OBS-\d{4}-\d{4,}$/.test(called);

/** How many things there are, and whether one was missed: never what they are. */
const subjectOf = (lines: readonly TimelyLine[]): string => {
  const [only] = lines;
  const state = lines.some(isMissed) ? 'overdue' : 'due soon';
  if (lines.length === 1 && only) {
    return isReference(only.called) ? `${only.called}: something is ${state}` : `Something is ${state}`;
  }
  return lines.some(isMissed)
    ? `${lines.length} things are due or overdue`
    : `${lines.length} things are due soon`;
};

const isKnown = (kind: string): kind is NoticeKind => (noticeKinds as readonly string[]).includes(kind);

/** The same message gives the same words, whenever and wherever it is written. */
export const noticeRenderer =
  ({ baseUrl, councilName, serviceName, pages, tokenOf }: RenderOptions): RenderNotice =>
  ({ kind, reference, due, reminders, counts, checkpoint, link: carried, visit }) => {
    if (!isKnown(kind)) return null;
    const at = (path: string): string => new URL(path, baseUrl).href;
    const items = (reminders ?? []).flatMap((line) => {
      const says = lineInWords(line, inWords);
      const page = pageOf(line, pages);
      if (says === null) return [];
      const link = { text: page.text, href: at(page.path) };
      return [{ text: isReference(line.called) ? `${line.called}: ${says}` : says, link }];
    });
    const template = everyNotice[kind];
    const { text, path } = template.link(reference, pages, carried ? tokenOf(carried) : null);
    const letter: Letter = {
      subject: kind === 'digest' ? subjectOf(reminders ?? []) : template.subject(reference),
      body: [
        ...template.body,
        ...(counts ? (template.counted?.(counts) ?? []) : []),
        ...(due !== null && template.due ? [template.due(inWords(due))] : []),
      ],
      ...(items.length > 0 ? { items } : {}),
      ...(checkpoint ? { verbatim: checkpoint } : {}),
      link: { text, href: at(path) },
      council: councilName,
      service: serviceName,
    };
    const appointment = visit
      ? appointmentOf(kind, visit, { reference, councilName, href: letter.link.href })
      : null;
    return {
      subject: letter.subject,
      text: asText(letter),
      html: asHtml(letter),
      link: letter.link,
      ...(appointment ? { appointment } : {}),
    };
  };
