/**
 * What can be asked for, of what: the vocabulary that the offices' rules are written in.
 */
import type { AbilityBuilder, MongoAbility } from '@casl/ability';
import type { Actor, Councillor, Grant, ObservationRequest } from './subjects.js';

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
] as const;
export type CommandName = (typeof commandNames)[number];

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

export type Subject = ObservationRequest | Grant | Councillor | Trail | Standby | Preview;
export type Action =
  'read' | 'read_assessment' | 'read_discussion' | 'read_advice' | 'create' | 'record' | CommandName;
export type AppAbility = MongoAbility<[Action, Subject | Subject['kind']]>;
export type Builder = AbilityBuilder<AppAbility>;

/** The rules of one office, for the person who holds it. */
export type OfficeRules = (builder: Builder, actor: Actor) => void;
