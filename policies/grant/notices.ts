/** Who gets which notice about a grant: need-to-know.md, section 8. */
import { type Notice, personOf } from '../core/notices.js';

/** Revoked or lapsed: how it ended is on its page, for each reader as they may know it. */
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

/** What it ended by was corrected, and another limit is over: it stays ended. */
export const lapseStands = (reference: string, councillorId: string, hostId: string | null): Notice => ({
  ...grantEnded(reference, councillorId, hostId),
  kind: 'lapse_stands',
});

/** Frozen: nobody attends while something is checked. */
export const grantPaused = (reference: string, councillorId: string, hostId: string | null): Notice => ({
  ...grantEnded(reference, councillorId, hostId),
  kind: 'grant_paused',
});
