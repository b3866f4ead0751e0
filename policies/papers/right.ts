import type { ObservationRequest } from '../request/request.js';

/** Whether there is a right to the papers, outside the test. */
export const rightStands = ({ statutoryRight }: Pick<ObservationRequest, 'statutoryRight'>): boolean =>
  statutoryRight !== null && statutoryRight.right !== 'none';
