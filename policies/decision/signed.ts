/** Sign-offs as they stand on the record: need-to-know.md, section 4. */
import type { Ground } from '../need-to-know/grounds.js';
import type { Capacity, Seat } from '../core/office.js';
import type { LiveSeat } from './live-seat.js';
import type { Condition } from '../grant/condition.js';

/** Why a sign-off no longer stands. */
export type VoidedBecause = 'edited' | 'answer_changed' | 'withdrawn' | 'right_recorded';

/** A sign-off as it stands on the record, voided or not. */
export interface SignOff {
  readonly id: string;
  readonly version: number;
  readonly office: Seat;
  readonly outcome: LiveSeat['outcome'];
  readonly reasons: string;
  readonly grounds: readonly Ground[];
  readonly conditions: readonly Condition[];
  readonly personId: string;
  readonly name: string;
  readonly capacity: Capacity;
  readonly deputyFor: string | null;
  readonly at: Date;
  readonly voidedAt: Date | null;
  readonly voidedBecause: VoidedBecause | null;
}
