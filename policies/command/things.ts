/**
 * The subjects of the rules that are not rows: the trail, a preview, the register as a whole and so on, each tagged
 * with its `kind`; and the union of all subjects.
 */
import type { FirstAccount } from '../account/first-account.js';
import type { RecordedConflict } from '../conflict/conflict.js';
import type { Grant } from '../grant/grant.js';
import type { Incident } from '../incident/incident.js';
import type { Hold } from '../legal-hold/legal-hold.js';
import type { Councillor } from '../register/member.js';
import type { OfficeHeld } from '../office/office-held.js';
import type { CodeKey } from '../proof/code-key.js';
import type { Passkeys } from '../passkey/passkey.js';
import type { Token } from '../token/token.js';
import type { Person } from '../people/person.js';
import type { ObservationRequest } from '../request/request.js';
import type { AuditRequirement } from '../audit-requirement/requirement.js';
import type { AccessRequest } from '../subject-access/access-request.js';
import type { Correction } from '../correction/correction.js';
import type { Redaction } from '../redaction/redaction.js';
import type { Disposal } from '../retention/disposing.js';
import type { Visit } from '../visit/visit.js';

/** Two records that have no rows of their own, but that rules ask about. */
export interface Trail {
  readonly kind: 'Trail';
}
/** A deputy, an absence or a delegation of strategy discussions: which of them it is, and whom it is about. */
interface About<K extends string> {
  readonly kind: K;
  readonly personId: string;
}
export type Standby = About<'Deputy'> | About<'Absence'> | About<'Delegation'>;
/** A preview of the test: nothing is stored. */
export interface Preview {
  readonly kind: 'Preview';
}
/** The register as a whole: who may keep it. */
export interface Register {
  readonly kind: 'Register';
}
/** The protocol: published by Democratic Services, accepted by each councillor. */
export interface Protocol {
  readonly kind: 'Protocol';
  /** When a version of it comes into force; left out for the protocol in general. */
  readonly inForceFrom?: Date;
}
/** What families are given before they are asked. */
export interface Leaflet {
  readonly kind: 'Leaflet';
}
/** A finding of a breach of confidentiality, by whom it is about. */
export interface FindingAbout {
  readonly kind: 'Finding';
  readonly councillorId: string;
}
/** An invitation to members. It approves nobody. */
export interface Programme {
  readonly kind: 'Programme';
}
/** A disclosure: about a case, or to a councillor. */
export interface Disclosures {
  readonly kind: 'Disclosures';
  readonly by: 'case' | 'councillor';
}

/** What is kept for how long, and what is due. */
export interface Retention {
  readonly kind: 'Retention';
}
/** What the council has set for itself. */
export interface SettingsSubject {
  readonly kind: 'Settings';
}
/** The jobs, and the mail that waits or was given up. */
export interface Operations {
  readonly kind: 'Operations';
}
/** How far the council is set up. */
interface SetUp {
  readonly kind: 'SetUp';
}
/** The people who leave, and what waits for them by name. */
interface Leavers {
  readonly kind: 'Leavers';
}

export type Subject =
  | ObservationRequest
  | Grant
  | Visit
  | Incident
  | Councillor
  | Trail
  | Standby
  | RecordedConflict
  | Preview
  | Register
  | Protocol
  | Leaflet
  | FindingAbout
  | Programme
  | Disclosures
  | Retention
  | Hold
  | Disposal
  | Redaction
  | AccessRequest
  | AuditRequirement
  | Correction
  | SettingsSubject
  | Operations
  | SetUp
  | Leavers
  | FirstAccount
  | Person
  | OfficeHeld
  | CodeKey
  | Passkeys
  | Token;
export type Kind = Subject['kind'];
