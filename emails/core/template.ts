/**
 * What the words of a notice are made of. A template gets the reference, the due day and where the pages are, and
 * nothing else, so it cannot disclose more: no names, reasons, grounds, types, times or cases
 * (need-to-know.md, section 8).
 */
import type { NoticeKind } from '../../policies/core/notices.js';

/** The pages that mail links to, as paths below the service's address. */
export interface Pages {
  readonly requests: string;
  readonly signIn: string;
  readonly standby: string;
  readonly conflicts: string;
  readonly incidents: string;
  readonly protocol: string;
  readonly programmes: string;
  readonly councillors: string;
  readonly importCouncillors: string;
  readonly retention: string;
  readonly corrections: string;
  readonly redactions: string;
  readonly accessRequests: string;
  readonly auditRequirements: string;
  readonly settings: string;
  readonly checkpoint: string;
  readonly forgottenPassword: string;
  readonly people: string;
  readonly leavers: string;
  readonly account: string;
  readonly tokens: string;
  setPassword(token: string): string;
  request(reference: string): string;
}

export interface Template {
  readonly subject: (reference: string) => string;
  readonly body: readonly string[];
  /** Lines for the numbers that a notice tells, by their names; left out where it tells none. */
  readonly counted?: (counts: Readonly<Record<string, number>>) => readonly string[];
  /** What the due day means; left out where a notice has none. */
  readonly due?: (day: string) => string;
  /** @param token of the link that the message carries; null where it carries none, or one that is used */
  readonly link: (
    reference: string,
    pages: Pages,
    token: string | null,
  ) => { readonly text: string; readonly path: string };
}

/** The notices of one capability. */
export type Templates = Readonly<Partial<Record<NoticeKind, Template>>>;

export const aboutRequest = (happened: string) => (reference: string) => `${reference}: ${happened}`;

export const toRequest: Template['link'] = (reference, pages) => ({
  text: `Open ${reference}`,
  path: pages.request(reference),
});

export const toList: Template['link'] = (_reference, pages) => ({
  text: 'Open the list of requests',
  path: pages.requests,
});

export const decisionDue = (day: string) => `The decision is due by the end of ${day}.`;
