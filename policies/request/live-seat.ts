/** A sign-off that stands. */
import type { Seat } from '../core/office.js';

/** A sign-off that stands (is not voided). */
export interface LiveSeat {
  readonly office: Seat;
  readonly personId: string;
  readonly outcome: 'agree' | 'object' | 'approve' | 'refuse';
}
