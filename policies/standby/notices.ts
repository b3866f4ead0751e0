/** Who gets which notice about deputies and absences: need-to-know.md, section 8. */
import { type Notice, standbyReference } from '../core/notices.js';

/** Somebody learns that they stand in for the head of an office, whenever that is needed. */
export const deputyRegistered = (personId: string): Notice => ({
  kind: 'deputy_registered',
  reference: standbyReference,
  to: [{ personId }],
  action: 'stand_in',
  due: null,
});

/** Somebody learns that they sign strategy discussions for the Director, or no longer do. */
export const strategyDelegated = (personId: string): Notice => ({
  kind: 'strategy_delegated',
  reference: standbyReference,
  to: [{ personId }],
  action: 'stand_in',
  due: null,
});

/** The deputies of an office learn that its head is away, or when they are back. */
export const absenceRecorded = (deputies: readonly string[]): Notice => ({
  kind: 'absence_recorded',
  reference: standbyReference,
  to: deputies.map((personId) => ({ personId })),
  action: 'stand_in',
  due: null,
});
