/** Something outside what was approved: need-to-know.md, section 6. */
import type { Category, Exposure } from '../core/category.js';
import type { Cause } from '../core/cause.js';
import type { Separated } from '../core/separated.js';
import type { Allegation } from './allegation.js';
import type { Assessment } from './breach.js';

export const incidentKinds = ['unauthorised_access', 'outside_scope', 'other'] as const;

export type IncidentKind = (typeof incidentKinds)[number];

/** What a councillor received without any visit: about which case, which categories, from when until when. */
export interface DisclosedWithout {
  /** The council's own case reference, opaque to us; null if nobody named it. */
  readonly caseReference: string | null;
  readonly categories: readonly Category[];
  readonly from: Date;
  /** Null where it is not known, or lasts. */
  readonly until: Date | null;
}

/** Something outside what was approved, reported to Data Protection the same day. */
export interface Incident extends Separated {
  readonly kind: 'Incident';
  readonly id: string;
  readonly what: IncidentKind;
  readonly causedBy: Cause;
  readonly reference: string | null;
  readonly grantId: string | null;
  readonly visitId: string | null;
  readonly councillorName: string;
  readonly actedBy: string[];
  readonly reportedBy: string;
  readonly reportedAt: Date;
  readonly happenedAt: Date;
  /** When any officer, the host included, became aware of it, as it was reported or assessed. */
  readonly awareAt: Date;
  /** Whether personal data of others was exposed, as it was reported; null where nothing speaks for it. */
  readonly exposed: Exposure | null;
  /** How Data Protection assessed it as a personal data breach, oldest first. */
  readonly assessments: readonly Assessment[];
  readonly text: string | null;
  /** The limits that did not hold, by key. */
  readonly outside: readonly string[];
  /** Null unless it describes something received without any visit. */
  readonly disclosed: DisclosedWithout | null;
  /** What the councillor was told is alleged, and what they answered; null where they were told nothing. */
  readonly hearing: Allegation | null;
  /** The cases that nobody had planned, as who was there added them; opaque references. */
  readonly cases: readonly string[];
  /** How the record of its visit was judged as it was corrected, oldest first; none of it closes the incident. */
  readonly corrections: readonly {
    readonly at: Date;
    readonly outside: readonly string[];
  }[];
  /** Whether it freezes a live grant still: each is released or ended before it is closed. */
  readonly holds: boolean;
  /** Whether something that it froze, released or not, has not ended: the councillor may still have to be heard. */
  readonly live: boolean;
  readonly closedAt: Date | null;
  readonly closedReasons: string | null;
}
