/**
 * The nouns of the house: plain, readonly rows, each tagged with its `kind`.
 * Dates are `YYYY-MM-DD` strings (Europe/London); instants are `Date`s.
 */

import type { ObservationTypeKey } from './observation-types.js';

export const offices = [
  'councillor',
  'childrens_services',
  'legal',
  'monitoring_officer',
  'democratic_services',
  'host',
  'data_protection',
  'auditor',
  'administrator',
] as const;
export type Office = (typeof offices)[number];

/** The three offices whose sign-offs a decision needs (report 8.4). */
export const seats = ['childrens_services', 'democratic_services', 'legal'] as const;
export type Seat = (typeof seats)[number];

/** The offices that take part in deciding: "offices" in the HTTP contract. */
export const decidingOffices = [
  'childrens_services',
  'democratic_services',
  'legal',
  'monitoring_officer',
] as const;
export type DecidingOffice = (typeof decidingOffices)[number];

export const capacities = ['principal', 'authorised', 'deputy'] as const;
export type Capacity = (typeof capacities)[number];

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

export const requestStatuses = [
  'draft',
  'submitted',
  'returned',
  'approved',
  'refused',
  'withdrawn',
] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** One office held by one person. `deputyFor` and `principalAbsent` are set for deputies alone. */
export interface Holding {
  readonly office: Office;
  readonly capacity: Capacity;
  /** The one head of the office: signs strategy discussions, is escalated to, may be absent. */
  readonly head: boolean;
  /** For a deputy: the principal stood in for. */
  readonly deputyFor?: { readonly id: string; readonly name: string };
  /** For a deputy: whether that principal is recorded as absent today. */
  readonly principalAbsent?: boolean;
}

/** The person who asks, loaded afresh for each call: a suspension or a new absence bites at once. */
export interface Actor {
  readonly kind: 'Actor';
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly councillorId: string | null;
  /** The councillor's standing today; null for a person who is no councillor. */
  readonly standing: Standing | null;
  readonly holdings: readonly Holding[];
}

/** Who acts, for which office and in what capacity: what the trail records. */
export interface Acting {
  readonly office: Office;
  readonly capacity: Capacity;
  readonly deputyFor: { readonly id: string; readonly name: string } | null;
}

/** A span of whole days, both included. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

export interface Appointment {
  readonly id: string;
  readonly title: string;
  readonly kind: AppointmentKind;
  readonly from: string;
  /** Null where no end is set. */
  readonly to: string | null;
}

export interface Training {
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
  /** The day on which a finding of a breach of confidentiality was upheld, if ever. */
  readonly breachUpheldOn: string | null;
}

/** What a councillor asks for. A draft may leave anything out. */
export interface RequestContent {
  readonly observationType?: ObservationTypeKey | undefined;
  readonly role?: { readonly kind: AppointmentKind; readonly appointmentId?: string | undefined } | undefined;
  readonly authority?:
    | { readonly kind: 'work_programme' | 'appointment' | 'none'; readonly citation?: string | undefined }
    | undefined;
  readonly necessity?: string | undefined;
  readonly window?: DateSpan | undefined;
  readonly events?: number | undefined;
  readonly alternatives?: string | undefined;
  readonly declarations?:
    | {
        readonly collateralPurpose?: string | undefined;
        readonly connection?: string | undefined;
        readonly documents?: string | undefined;
      }
    | undefined;
  readonly programme?: string | undefined;
  readonly continues?: string | undefined;
  readonly papers?:
    readonly { readonly category: string; readonly from: string; readonly to: string }[] | undefined;
}

export const conflictKinds = ['relation', 'complaint', 'line_management', 'other'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** A sign-off that stands (is not voided). */
export interface LiveSeat {
  readonly office: Seat;
  readonly personId: string;
  readonly outcome: 'agree' | 'object' | 'approve' | 'refuse';
}

/** A request as the rules see it. `submitted` is whether it ever was: until then its author alone reads it. */
export interface ObservationRequest {
  readonly kind: 'Request';
  readonly id: number;
  readonly reference: string;
  readonly status: RequestStatus;
  readonly version: number;
  readonly submitted: boolean;
  readonly submittedAt: Date | null;
  readonly createdAt: Date;
  readonly councillorId: string;
  readonly councillorName: string;
  readonly hostId: string | null;
  readonly hostName: string | null;
  readonly managerId: string | null;
  readonly managerName: string | null;
  readonly observationType: ObservationTypeKey | null;
  readonly content: RequestContent;
  /** The people who have acted on it for an office: they keep reading it. */
  readonly actedBy: string[];
  /** Recorded conflicts that touch this request, by reference or by councillor. */
  readonly conflicts: readonly { readonly personId: string; readonly kind: ConflictKind }[];
  /** The sign-offs that stand on the current version. */
  readonly seats: readonly LiveSeat[];
  readonly returns: readonly { readonly from: Date; readonly to: Date | null }[];
  readonly decidedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly grantId: string | null;
}

export const conditionOwners = ['councillor', 'childrens_services', 'host'] as const;
export const conditionTimes = ['attendance', 'closing'] as const;
export const conditionStates = ['pending', 'met', 'breached'] as const;

export interface Condition {
  readonly id: string;
  readonly text: string;
  readonly owner: (typeof conditionOwners)[number];
  readonly before: (typeof conditionTimes)[number];
  readonly state: (typeof conditionStates)[number];
}

/** What is exposed at most; coded (need-to-know.md, section 6). */
export const categories = [
  'process',
  'identity',
  'family',
  'health',
  'education',
  'police',
  'legal_advice',
  'third_party',
  'other_case',
] as const;
export type Category = (typeof categories)[number];

/** A grant: facts alone. Whether it may be used is worked out in access.ts each time it is asked. */
export interface Grant {
  readonly kind: 'Grant';
  readonly id: string;
  readonly reference: string;
  readonly councillorId: string;
  readonly councillorName: string;
  readonly hostId: string | null;
  readonly hostName: string | null;
  readonly actedBy: string[];
  readonly observationType: ObservationTypeKey;
  readonly window: DateSpan;
  readonly events: number;
  readonly eventsUsed: number;
  readonly categories: readonly Category[];
  readonly conditions: readonly Condition[];
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedBecause: 'revoked' | 'lapsed' | 'completed' | null;
  readonly frozenAt: Date | null;
  /** The appointment relied on, as the register has it now; null where the role needs none. */
  readonly appointment: Appointment | 'gone' | null;
  readonly councillor: Councillor;
  /** The version of the protocol in force. */
  readonly protocolVersion: number;
  /** Checks that were left open by the approval in principle: question keys. */
  readonly open: readonly ('agreements' | 'connection' | 'prerequisites')[];
}
