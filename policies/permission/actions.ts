/**
 * The vocabulary of the rules: what people can ask for, and of what. Commands name themselves (every-command.ts);
 * this file lists the readings.
 */
import type { AbilityBuilder, MongoAbility } from '@casl/ability';
import type { EveryCommand } from './every-command.js';
import type { Actor } from '../people/actor.js';
import type { Kind, Subject } from '../command/things.js';

export type Action =
  | 'read'
  | 'read_assessment'
  | 'read_discussion'
  | 'read_advice'
  | 'read_reasons'
  | 'read_passages'
  | 'create'
  | 'search'
  | EveryCommand['name'];
export type AppAbility = MongoAbility<[Action, Subject | Kind]>;
export type Builder = AbilityBuilder<AppAbility>;

/** The rules of one office, for the person who holds it. */
export type OfficeRules = (builder: Builder, actor: Actor) => void;
