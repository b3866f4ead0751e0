/**
 * A legal hold: what may be needed for a claim, a complaint or an inquiry is kept, however old it is. One on a
 * councillor covers everything of theirs. Source: need-to-know.md, section 8; placed and lifted by Legal, the
 * Monitoring Officer and Data Protection, each with reasons (product default).
 */
import { authorise } from './ability.js';
import type { AppAbility, Hold } from './actions.js';
import { conflict } from './rules.js';
import { actingFor } from './sign-off.js';
import type { Acting, Actor, Office, Separated } from './subjects.js';

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

/** Whether this person may place one, and as whom. @throws Forbidden */
export const permitPlacing = ({ ability, actor }: Who, on: Separated): Acting => {
  authorise(ability, 'place', { kind: 'Hold', councillorId: on.councillorId });
  return actingFor(actor, holdingOffices, on);
};

/** Whether this person may lift this one, and as whom. @throws Forbidden, Conflict */
export const permitLifting = (
  { ability, actor }: Who,
  hold: Hold & { readonly liftedAt: Date | null },
  on: Separated,
): Acting => {
  authorise(ability, 'lift', hold);
  const acting = actingFor(actor, holdingOffices, on);
  if (hold.liftedAt !== null) throw conflict('hold_lifted');
  return acting;
};
