/** Who is told of a programme: need-to-know.md, section 8. */
import { type Notice, programmesReference } from '../core/notices.js';

/** Members are invited: it approves nobody. */
export const programmeOpened = (councillorIds: readonly string[]): Notice => ({
  kind: 'programme_opened',
  reference: programmesReference,
  to: councillorIds.map((councillorId) => ({ councillorId })),
  action: 'consider',
  due: null,
});
