/**
 * A legal hold keeps data that a claim, a complaint or an inquiry may need, however old it is. A hold on a councillor
 * covers everything of theirs. Source: need-to-know.md, section 8; Legal, the Monitoring Officer and Data Protection
 * place and lift it, each with reasons (product default).
 */
import type { Office } from '../core/office.js';
import type { Conflicted } from '../core/conflict.js';

/** The active holds on a councillor's data. */
export interface LegalHolds {
  /**
   * Whether there is one on the councillor, or a subject access request of theirs that is not released: to erase what it asks
   * for is an offence (Data Protection Act 2018, section 173).
   */
  readonly councillor: boolean;
  /** The requests with a hold, by id. */
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

/**
 * What it is for: a claim, a complaint or an inquiry; or a request under the Freedom of Information Act 2000, while which
 * erasing what it asks for is an offence (section 77).
 */
export const holdCauses = ['claim', 'information_request'] as const;
export type HoldCause = (typeof holdCauses)[number];

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
  /** Null while the hold is active. */
  readonly liftedAt: Date | null;
}

/** A hold that somebody is about to place. */
export const holdOn = ({ councillorId, conflicts }: HeldOf): HoldFile => ({
  kind: 'Hold',
  councillorId,
  conflicts,
  liftedAt: null,
});
