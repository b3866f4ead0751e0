/** Who gets which notice about sign-offs and decisions: need-to-know.md, section 8. */
import { type Notice, threeOffices, personOf } from '../core/notices.js';
import type { Office, Seat } from '../core/office.js';

/** People whose sign-off no longer stands are asked to look again. */
export const seatsVoided = (reference: string, people: readonly string[], due: string | null): Notice => ({
  kind: 'seats_voided',
  reference,
  to: people.map((personId) => ({ personId })),
  action: 'sign_again',
  due,
});

/** Offices that relied on the sign-off of another learn that it no longer stands. */
export const signOffEnded = (reference: string, offices: readonly Seat[], due: string | null): Notice => ({
  kind: 'sign_off_ended',
  reference,
  to: offices.map((office) => ({ office })),
  action: 'read',
  due,
});

/** The offices that are named as present at a meeting say whether they were there. */
export const meetingToConfirm = (
  reference: string,
  offices: readonly Office[],
  due: string | null,
): Notice => ({
  kind: 'meeting_to_confirm',
  reference,
  to: offices.map((office) => ({ office })),
  action: 'confirm',
  due,
});

/** Both other offices have signed: it is Legal's turn. */
export const readyForLegal = (reference: string, due: string | null): Notice => ({
  kind: 'ready_for_legal',
  reference,
  to: [{ office: 'legal' }],
  action: 'decide',
  due,
});

/** The councillor learns that there is a decision, with the last day to ask for a review of a refusal. */
export const decided = (reference: string, councillorId: string, reviewBy: string | null): Notice => ({
  kind: 'request_decided',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: reviewBy,
});

/**
 * The three offices learn that there is a decision and nothing left to sign. The host of a refused request learns it
 * too, because they were asked to prepare; the host of an approved one gets `visitExpected`.
 */
export const decisionRecorded = (reference: string, releasedHostId: string | null): Notice => ({
  kind: 'decision_recorded',
  reference,
  to: [...threeOffices, ...personOf(releasedHostId)],
  action: 'read',
  due: null,
});

/** The host learns that the request they host is approved. */
export const visitExpected = (reference: string, hostId: string): Notice => ({
  kind: 'visit_expected',
  reference,
  to: [{ hostId }],
  action: 'prepare',
  due: null,
});
