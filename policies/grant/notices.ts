/** Who gets which notice about a grant: need-to-know.md, section 8. */
import { type Notice, personOf } from '../core/notices.js';

/** Revoked, lapsed or frozen: to the councillor an end is an end, never with its cause. */
export const grantEnded = (reference: string, councillorId: string, hostId: string | null): Notice => ({
  kind: 'grant_ended',
  reference,
  to: [{ councillorId }, ...personOf(hostId)],
  action: 'read',
  due: null,
});

export const grantGoesOn = (reference: string, councillorId: string, hostId: string | null): Notice => ({
  ...grantEnded(reference, councillorId, hostId),
  kind: 'grant_goes_on',
});
