/**
 * Who leaves, what waits for them by name, and which office hands it on. What waits for an office waits for its other
 * people. Source: People, accounts and sign-in, “People and offices”: what waited for who leaves is listed and handed on,
 * and their sign-offs stand.
 */
import type { Office } from '../core/office.js';
import { addDays } from '../core/time/london.js';

/** What can wait for one person by name, and which office hands it on or acts in their place. */
export const waitingKinds = {
  /** Requests that are not decided, of which they are the host or the host's line manager. */
  hosts: 'childrens_services',
  /** Grants whose visits they host. */
  visits: 'childrens_services',
  /** Questions after a visit that they are to see answered. */
  answers: 'childrens_services',
  /** Reviews and seats that the Chief Executive named them for. */
  named: 'democratic_services',
  /** Offices for whose head they stand in. */
  stands_in: 'democratic_services',
  /** Offices of which they are the head. */
  heads: 'administrator',
} as const satisfies Readonly<Record<string, Office>>;

export type WaitingKind = keyof typeof waitingKinds;

/** How many days before an office ends its holder is listed as somebody who leaves. */
const listedBefore = 28;

/** Who holds no office beyond that day is listed as somebody who leaves. @param today `YYYY-MM-DD` in London */
export const leavesBy = (today: string): string => addDays(today, listedBefore);

/** One thing that waits for somebody who leaves. */
export interface Waiting {
  readonly kind: WaitingKind;
  /** Of the request; null where it is about an office, or the reader reads no request. */
  readonly reference: string | null;
  /** The office that they were named for, stand in for or head. */
  readonly office: Office | null;
  /** Of the grant or of the question. */
  readonly id: string | null;
}

/** Somebody who leaves, and for whom something waits. */
export interface Leaver {
  readonly id: string;
  readonly name: string;
  readonly suspended: boolean;
  /** The day on which they were suspended, or the last day of their offices. `YYYY-MM-DD`. */
  readonly on: string | null;
  readonly waiting: readonly Waiting[];
}
