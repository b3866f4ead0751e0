import { noticeKinds, type NoticeKind } from '../policies/notices.js';
import { asHtml, asText, type Letter } from './templates/layout.js';
import { templates, type Pages } from './templates/notices.js';

/** All of a message that its words may be made of. */
export interface Told {
  readonly kind: string;
  readonly reference: string;
  /** `YYYY-MM-DD`. */
  readonly due: string | null;
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Where the reader is led. */
  readonly link: { readonly text: string; readonly href: string };
}

export interface RenderOptions {
  /** Where people find the service. */
  readonly baseUrl: URL;
  readonly councilName: string;
  readonly serviceName: string;
  readonly pages: Pages;
}

/** Writes a message; null for a kind that this version of the service has no words for. */
export type RenderNotice = (told: Told) => Rendered | null;

const day = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
/** `Monday 20 April 2026`. */
const inWords = (date: string): string => day.format(new Date(`${date}T00:00:00Z`)).replace(',', '');

const isKnown = (kind: string): kind is NoticeKind => (noticeKinds as readonly string[]).includes(kind);

/** The same message gives the same words, whenever and wherever it is written. */
export const noticeRenderer =
  ({ baseUrl, councilName, serviceName, pages }: RenderOptions): RenderNotice =>
  ({ kind, reference, due }) => {
    if (!isKnown(kind)) return null;
    const template = templates[kind];
    const { text, path } = template.link(reference, pages);
    const letter: Letter = {
      subject: template.subject(reference),
      body: [...template.body, ...(due !== null && template.due ? [template.due(inWords(due))] : [])],
      link: { text, href: new URL(path, baseUrl).href },
      council: councilName,
      service: serviceName,
    };
    return {
      subject: letter.subject,
      text: asText(letter),
      html: asHtml(letter),
      link: letter.link,
    };
  };
