/**
 * A legal hold: what may be needed for a claim, a complaint or an inquiry is kept, however old it is. One on a
 * councillor covers everything of theirs. Source: need-to-know.md, section 8; placed and lifted by Legal, the
 * Monitoring Officer and Data Protection, each with reasons (product default).
 */
import type { Office } from '../core/office.js';
import type { Conflicted } from '../core/conflict.js';

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

export const holdStatuses = ['standing', 'lifted'] as const;
export type HoldStatus = (typeof holdStatuses)[number];

/** What a hold is placed on, as the rules see it: whose it is, and the conflicts that are recorded with it. */
export interface HeldOf {
  readonly councillorId: string;
  readonly conflicts: readonly Conflicted[];
}

/** A legal hold; of a request or of a councillor, whose it is. */
export interface Hold {
  readonly kind: 'Hold';
  readonly councillorId: string;
}

/** A hold as the rules see it. */
export interface HoldFile extends Hold, HeldOf {
  /** Null while it stands. */
  readonly liftedAt: Date | null;
}

/** A hold that somebody is about to place. */
export const holdOn = ({ councillorId, conflicts }: HeldOf): HoldFile => ({
  kind: 'Hold',
  councillorId,
  conflicts,
  liftedAt: null,
});
