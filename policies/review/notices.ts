/** Who gets which notice about a review: need-to-know.md, section 8. */
import { type Notice, threeOffices } from '../core/notices.js';

/** The Monitoring Officer is asked to review a refusal; Democratic Services make sure that somebody can. */
export const reviewAsked = (reference: string, due: string | null): Notice => ({
  kind: 'review_asked',
  reference,
  to: [{ office: 'monitoring_officer' }, { office: 'democratic_services' }],
  action: 'review',
  due,
});

/** The councillor is told what is held against them, and answers before anything is decided. */
export const hearingTold = (reference: string, councillorId: string, due: string): Notice => ({
  kind: 'hearing_told',
  reference,
  to: [{ councillorId }],
  action: 'respond',
  due,
});

/** Legal learn that the councillor has answered: they may decide. */
export const hearingAnswered = (reference: string, due: string | null): Notice => ({
  kind: 'hearing_answered',
  reference,
  to: [{ office: 'legal' }],
  action: 'decide',
  due,
});

/** The councillor learns that a review which they asked for late is heard, and by when it is due. */
export const lateAccepted = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'late_review_accepted',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due,
});

/** The councillor learns that the refusal stands, and finds the next route on the page. */
export const reviewUpheld = (reference: string, councillorId: string): Notice => ({
  kind: 'review_upheld',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});

/** The offices decide afresh, and the councillor learns that they do. */
export const remitted = (reference: string, councillorId: string, due: string | null): Notice[] => [
  { kind: 'request_remitted', reference, to: threeOffices, action: 'answer_and_sign', due },
  { kind: 'request_remitted', reference, to: [{ councillorId }], action: 'read', due },
];

/** The offices carry an order out, and the councillor learns that they do. */
export const ordered = (reference: string, councillorId: string, due: string | null): Notice[] => [
  { kind: 'order_to_carry_out', reference, to: threeOffices, action: 'decide', due },
  { kind: 'order_recorded', reference, to: [{ councillorId }], action: 'read', due },
];

/** Somebody learns that the Chief Executive has named them to act on one request. */
export const namedToAct = (reference: string, personId: string): Notice => ({
  kind: 'named_to_act',
  reference,
  to: [{ personId }],
  action: 'review',
  due: null,
});
