/**
 * The nouns of the house: plain, readonly rows, each tagged with its `kind`.
 * Dates are `YYYY-MM-DD` strings (Europe/London); instants are `Date`s.
 */

import type { Answer } from '../need-to-know/answers.js';
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
  /** The election that this term was lost at, once the result is declared; null where none was lost. */
  readonly defeat: Defeat | null;
}

/** A seat lost at an election: the day of the poll, and when the result was declared. */
export interface Defeat {
  readonly poll: string;
  readonly declaredAt: Date;
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

/** A recorded conflict of one person, as it touches a row. */
export interface Conflicted {
  readonly personId: string;
  readonly kind: ConflictKind;
}

/** Somebody whom the Chief Executive has named to act for an office on one request, where nobody of it is free. */
export interface Named {
  readonly office: Seat | 'monitoring_officer';
  readonly personId: string;
}

/** What decides for whom somebody may act on a row, and whether they may sign: its people and its conflicts. */
export interface Separated {
  readonly councillorId: string;
  readonly hostId: string | null;
  readonly managerId: string | null;
  readonly conflicts: readonly Conflicted[];
  /** Who signed a version that was since remitted, or remitted one: they do not sign afresh. */
  readonly signedBefore: readonly string[];
  /** Who signed any version at all, whether or not it still stands: they review nothing of it. */
  readonly signers: readonly string[];
  readonly named: readonly Named[];
}

/** A sign-off that stands (is not voided). */
export interface LiveSeat {
  readonly office: Seat;
  readonly personId: string;
  readonly outcome: 'agree' | 'object' | 'approve' | 'refuse';
}

/** A request as the rules see it. `submitted` is whether it ever was: until then its author alone reads it. */
export interface ObservationRequest extends Separated {
  readonly kind: 'Request';
  readonly id: number;
  readonly reference: string;
  readonly status: RequestStatus;
  readonly version: number;
  readonly submitted: boolean;
  readonly submittedAt: Date | null;
  readonly createdAt: Date;
  /** Since when the clock of the decision runs afresh, where the request was remitted. */
  readonly remittedAt: Date | null;
  readonly councillorName: string;
  readonly hostName: string | null;
  readonly managerName: string | null;
  readonly observationType: ObservationTypeKey | null;
  readonly content: RequestContent;
  /** The people who have acted on it for an office: they keep reading it. */
  readonly actedBy: string[];
  /** Whom the Chief Executive has named for it, by id: what their right to read it rests on. */
  readonly namedIds: string[];
  /** The sign-offs that stand on the current version. */
  readonly seats: readonly LiveSeat[];
  readonly returns: readonly { readonly from: Date; readonly to: Date | null }[];
  readonly decidedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly grantId: string | null;
  /** The review of the last refusal; null where none was asked for. */
  readonly review: Review | null;
  /** The right to papers that Legal has recorded; null until then, and for every other type. */
  readonly statutoryRight: StatutoryRight | null;
}

/** A review of a refusal, as it stands. Its reasons are loaded where they are shown. */
export interface Review {
  /** The version that was refused. */
  readonly version: number;
  readonly askedAt: Date;
  readonly outcome: 'upheld' | 'remitted' | 'superseded' | null;
  readonly decidedAt: Date | null;
}

export const statutoryRights = ['none', 's100F', 'reg16', 'reg17'] as const;
export interface StatutoryRight {
  readonly right: (typeof statutoryRights)[number];
  /** By when the papers are to be released; null where there is no right. */
  readonly due: string | null;
  /** Whether every paper asked for was released under it, so that nothing is due any more. */
  readonly allReleased?: boolean;
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

/** A fact, and since when it holds. */
export interface Since<T> {
  readonly at: Date;
  readonly value: T;
}

/** A freeze by an incident; `to` is null while it lasts. */
export interface Freeze {
  readonly from: Date;
  readonly to: Date | null;
}

/** A limit that was over once, and so for good: which, and since when. */
export interface Lapse {
  readonly at: Date;
  readonly limit: 'window' | 'three_months' | 'term' | 'appointment' | 'training' | 'journey';
  readonly explanation: string;
}

/** A grant: facts alone. Whether it may be used is worked out in access.ts each time it is asked. */
export interface Grant extends Separated {
  readonly kind: 'Grant';
  readonly id: string;
  readonly reference: string;
  readonly councillorName: string;
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
  /** Since when an incident freezes it; null where none does. */
  readonly frozenAt: Date | null;
  /** Whether proceedings or adoption have ended the journey that it is a stage of. */
  readonly journeyEnded: boolean;
  /** The limit that was over first, at any time since it was made: what has lapsed is not revived. */
  readonly lapse: Lapse | null;
  /** The appointment relied on, as the register has it now; null where the role needs none. */
  readonly appointment: Appointment | 'gone' | null;
  readonly councillor: Councillor;
  /** The version of the protocol in force. */
  readonly protocolVersion: number;
  /** Its visits, oldest first, as they stand at the same moment. */
  readonly visits: readonly Visit[];
  /** Checks that were left open by the approval in principle: question keys. */
  readonly open: readonly ('agreements' | 'connection' | 'prerequisites')[];
}

export const visitChecks = ['connection', 'agreements', 'legal_bars'] as const;
export type VisitCheck = (typeof visitChecks)[number];

/** How a visit ended that nobody attended. `withdrawn`: by the family or the child, and no reason is kept. */
export const visitEnds = ['cancelled', 'blocked', 'withdrawn', 'grant_ended', 'not_attended'] as const;
export type VisitEnd = (typeof visitEnds)[number];

/** A visit: one planned event of a grant. Times are `HH:MM` on the London clock. */
export interface Visit extends Separated {
  readonly kind: 'Visit';
  readonly id: string;
  readonly grantId: string;
  readonly reference: string;
  readonly councillorName: string;
  readonly hostName: string | null;
  readonly actedBy: string[];
  readonly observationType: ObservationTypeKey;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Opaque, of the council's own case system. Only the offices of section 5 see it. */
  readonly caseReference: string | null;
  readonly chaperone: string | null;
  /** For a child's journey: when the conference was held, before which none starts. */
  readonly conferenceOn: string | null;
  readonly checks: Readonly<Partial<Record<VisitCheck, Answer>>>;
  readonly plannedAt: Date;
  readonly endedAt: Date | null;
  readonly endedBecause: VisitEnd | null;
  readonly attendance: Attendance | null;
}

export const attendanceOutcomes = ['attended', 'did_not_attend', 'turned_away', 'cancelled'] as const;
export type AttendanceOutcome = (typeof attendanceOutcomes)[number];

export const causes = ['councillor', 'host', 'childrens_services', 'other'] as const;
export type Cause = (typeof causes)[number];

/** A departure from what was approved, and who caused it. */
export interface Departure {
  readonly text: string;
  readonly causedBy: Cause;
}

/** What happened at a visit, judged by what was allowed between arrival and leaving. */
export interface Attendance {
  readonly outcome: AttendanceOutcome;
  /** Null unless somebody arrived. */
  readonly arrived: Date | null;
  readonly left: Date | null;
  readonly chaperone: string | null;
  readonly categories: readonly Category[];
  /** Null where there was no closed part. */
  readonly closedPartsLeft: boolean | null;
  readonly departures: readonly Departure[];
  /** Whether every limit held from arrival to leaving; null where nobody attended. */
  readonly authorised: boolean | null;
  /** The limits that did not hold, by key. */
  readonly outside: readonly string[];
  readonly recordedAt: Date;
  /** What the councillor says to it; null until then. */
  readonly confirmation: {
    readonly agrees: boolean;
    readonly comment: string | null;
    readonly at: Date;
  } | null;
}

export const incidentKinds = ['unauthorised_access', 'outside_scope', 'other'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** What a councillor received without any visit: of which case, what, and from when until when. */
export interface DisclosedWithout {
  /** Opaque, of the council's own case system; null where nobody named it. */
  readonly caseReference: string | null;
  readonly categories: readonly Category[];
  readonly from: Date;
  /** Null where it is not known, or lasts. */
  readonly until: Date | null;
}

/** Something outside what was approved, for Data Protection the same day. */
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
  readonly text: string | null;
  /** The limits that did not hold, by key. */
  readonly outside: readonly string[];
  /** Null unless it describes what somebody received without any visit. */
  readonly disclosed: DisclosedWithout | null;
  /** Whether it freezes a live grant still: each is released or ended before it is closed. */
  readonly holds: boolean;
  readonly closedAt: Date | null;
  readonly closedReasons: string | null;
}
