/** Who gets the notice about a programme: need-to-know.md, section 8. */
import { type Notice, programmesReference } from '../core/notices.js';

/** Invites members: it approves nobody. */
export const programmeOpened = (councillorIds: readonly string[]): Notice => ({
  kind: 'programme_opened',
  reference: programmesReference,
  to: councillorIds.map((councillorId) => ({ councillorId })),
  action: 'consider',
  due: null,
});
