/**
 * What can be asked for, of what: the vocabulary that the offices' rules are written in.
 */
import type { AbilityBuilder, MongoAbility } from '@casl/ability';
import type { Actor, Councillor, Grant, Incident, ObservationRequest, Visit } from './subjects.js';

export const commandNames = [
  'edit',
  'submit',
  'withdraw',
  'return',
  'name_host',
  'answer',
  'discuss',
  'sign_off',
  'withdraw_sign_off',
  'decide',
  'ask_review',
  'name_reviewer',
  'decide_review',
  'direct',
  'record_right',
  'release_papers',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What can be done with a grant, a visit, a question or an incident. */
export const laterCommandNames = [
  'plan_visit',
  'revoke',
  'mark_condition',
  'release',
  'move',
  'cancel',
  'check',
  'record_attendance',
  'confirm',
  'ask',
  'respond',
  'close',
] as const;
export type LaterCommandName = (typeof laterCommandNames)[number];

/** The two records that are no rows of their own but are asked about as things. */
export interface Trail {
  readonly kind: 'Trail';
}
/** An entry of who stands in, is absent or is conflicted: of its kind, and about that person. */
interface About<Kind extends string> {
  readonly kind: Kind;
  readonly personId: string;
}
export type Standby = About<'Deputy'> | About<'Absence'> | About<'RecordedConflict'>;
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
}
/** An invitation to members. It approves nobody. */
export interface Programme {
  readonly kind: 'Programme';
}
/** What was disclosed: about a case, or to a councillor. */
export interface Disclosures {
  readonly kind: 'Disclosures';
  readonly by: 'case' | 'councillor';
}

/** What is kept how long, and what is due. */
export interface Retention {
  readonly kind: 'Retention';
}
/** A legal hold; of a request or of a councillor, whose it is. */
export interface Hold {
  readonly kind: 'Hold';
  readonly councillorId: string;
}
/** A disposal; `councillorId` null where it is of nobody in particular, or was done. */
export interface Disposal {
  readonly kind: 'Disposal';
  readonly councillorId: string | null;
}
/** What the council has set for itself. */
export interface SettingsSubject {
  readonly kind: 'Settings';
}
/** The jobs, and the mail that waits or was given up. */
export interface Operations {
  readonly kind: 'Operations';
}
/** Everything held on one councillor, as one file for them. */
export interface SubjectAccess {
  readonly kind: 'SubjectAccess';
  readonly councillorId: string;
}

export type Subject =
  | ObservationRequest
  | Grant
  | Visit
  | Incident
  | Councillor
  | Trail
  | Standby
  | Preview
  | Register
  | Protocol
  | Programme
  | Disclosures
  | Retention
  | Hold
  | Disposal
  | SubjectAccess
  | SettingsSubject
  | Operations;
export type Action =
  | 'read'
  | 'read_assessment'
  | 'read_discussion'
  | 'read_advice'
  | 'create'
  | 'record'
  | 'keep'
  | 'publish'
  | 'accept'
  | 'search'
  | 'report'
  | 'place'
  | 'lift'
  | 'propose'
  | 'give'
  | 'send_again'
  | CommandName
  | LaterCommandName;
export type AppAbility = MongoAbility<[Action, Subject | Subject['kind']]>;
export type Builder = AbilityBuilder<AppAbility>;

/** The rules of one office, for the person who holds it. */
export type OfficeRules = (builder: Builder, actor: Actor) => void;
