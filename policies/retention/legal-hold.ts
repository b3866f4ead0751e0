/**
 * A legal hold: what may be needed for a claim, a complaint or an inquiry is kept, however old it is. One on a
 * councillor covers everything of theirs. Source: need-to-know.md, section 8; placed and lifted by Legal, the
 * Monitoring Officer and Data Protection, each with reasons (product default).
 */
import { authorise } from '../core/ability.js';
import type { AppAbility, Hold } from '../core/actions.js';
import { conflict } from '../core/rules.js';
import { actingFor } from '../decision/sign-off.js';
import type { Acting, Actor, Conflicted, Office, Separated } from '../core/subjects.js';

/** The holds that stand on what is a councillor's. */
export interface LegalHolds {
  /** Whether one stands on the councillor. */
  readonly councillor: boolean;
  /** The requests, by id, on which one stands. */
  readonly requests: readonly number[];
}

/** Whether a hold keeps these requests: one on any of them, or on their councillor. */
export const isHeld = (holds: LegalHolds, requests: readonly { readonly id: number }[]): boolean =>
  holds.councillor || requests.some(({ id }) => holds.requests.includes(id));

export const holdingOffices = [
  'legal',
  'monitoring_officer',
  'data_protection',
] as const satisfies readonly Office[];

interface Who {
  readonly ability: AppAbility;
  readonly actor: Actor;
}

/** What a hold is placed on, as the rules see it: whose it is, and the conflicts that are recorded with it. */
export interface HeldOf {
  readonly councillorId: string;
  readonly conflicts: readonly Conflicted[];
}

/** A hold as the rules see it. */
export interface HoldFile extends Hold, HeldOf {
  /** Null while it stands. */
  readonly liftedAt: Date | null;
}

/** Nobody is kept apart from a hold but whose data it is; a deputy acts where the principal has a conflict. */
const apartFrom = ({ councillorId, conflicts }: HeldOf): Separated => ({
  councillorId,
  hostId: null,
  managerId: null,
  conflicts,
  signedBefore: [],
  signers: [],
  named: [],
});

/** Whether this person may place one, and as whom. @throws Forbidden */
export const permitPlacing = ({ ability, actor }: Who, on: HeldOf): Acting => {
  authorise(ability, 'place', { kind: 'Hold', councillorId: on.councillorId });
  return actingFor(actor, holdingOffices, apartFrom(on));
};

/** Whether this person may lift this one, and as whom. @throws Forbidden, Conflict */
export const permitLifting = ({ ability, actor }: Who, hold: HoldFile): Acting => {
  authorise(ability, 'lift', hold);
  const acting = actingFor(actor, holdingOffices, apartFrom(hold));
  if (hold.liftedAt !== null) throw conflict('hold_lifted');
  return acting;
};

export const holdCommands = ['lift'] as const;
export type HoldCommand = (typeof holdCommands)[number];

/** The commands that this person may give on a hold now. */
export const availableOnHold = (who: Who, hold: HoldFile): HoldCommand[] => {
  try {
    permitLifting(who, hold);
    return ['lift'];
  } catch {
    return [];
  }
};
