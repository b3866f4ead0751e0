/** A councillor as the register of members has them: need-to-know.md, section 6. */

import type { Finding } from '../finding/finding.js';

export const standings = ['sitting', 'coopted', 'elect', 'former'] as const;

export type Standing = (typeof standings)[number];

export const appointmentKinds = [
  'relevant_committee',
  'lead_member',
  'corporate_parenting',
  'task_group',
  'ward',
  'other',
] as const;

export type AppointmentKind = (typeof appointmentKinds)[number];

export interface Appointment {
  readonly id: string;
  readonly title: string;
  readonly kind: AppointmentKind;
  readonly from: string;
  /** Null where no end is set. */
  readonly to: string | null;
}

export interface Training {
  /** By which a correction names it; not kept with what the register held at an earlier time. */
  readonly id?: string | undefined;
  readonly kind: string;
  readonly completed: string;
  readonly expires: string;
}

/** A councillor as the register has them. No party, home address or telephone: they are not kept. */
export interface Councillor {
  readonly kind: 'Councillor';
  readonly id: string;
  readonly name: string;
  readonly ward: string | null;
  readonly standing: Standing;
  readonly term: { readonly from: string; readonly to: string | null };
  readonly appointments: readonly Appointment[];
  readonly training: readonly Training[];
  readonly undertaking: { readonly version: number; readonly acceptedAt: Date } | null;
  /** The finding of a breach of confidentiality that is weighed for longest; null where there is none. */
  readonly finding: Finding | null;
  /** The election that this term was lost at, once the result is declared; null where none was lost. */
  readonly defeat: Defeat | null;
}

/** A seat lost at an election: the day of the poll, and when the result was declared. */
export interface Defeat {
  readonly poll: string;
  readonly declaredAt: Date;
}
