import type { ObservationRequest, RequestContent } from '../request/request.js';
import type { ClaimableRight } from '../request/statutory-right.js';

/** The right that the councillor claims; null where they claim none. */
export const claimedIn = ({ claimedRight }: RequestContent): ClaimableRight | null =>
  claimedRight === undefined || claimedRight === 'none' ? null : claimedRight;

/** Whether there is a right to the papers that counts, outside the test. */
export const rightStands = ({ statutoryRight }: Pick<ObservationRequest, 'statutoryRight'>): boolean =>
  statutoryRight !== null && statutoryRight.counts && statutoryRight.right !== 'none';

/** Whether what Legal recorded waits for another person to confirm it. */
export const rightWaits = ({ statutoryRight }: Pick<ObservationRequest, 'statutoryRight'>): boolean =>
  statutoryRight !== null && !statutoryRight.counts;

/** Whether a right that the councillor claimed was denied, and that counts. */
export const rightDenied = ({ statutoryRight }: Pick<ObservationRequest, 'statutoryRight'>): boolean =>
  statutoryRight !== null &&
  statutoryRight.counts &&
  statutoryRight.right === 'none' &&
  statutoryRight.claimed !== null;
