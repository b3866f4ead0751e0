/** Who gets the notice about a new protocol: need-to-know.md, section 8. */
import { type Notice, protocolReference } from '../core/notices.js';

/** Every councillor in office is asked again; their grants wait until then. */
export const protocolPublished = (councillorIds: readonly string[]): Notice => ({
  kind: 'protocol_published',
  reference: protocolReference,
  to: councillorIds.map((councillorId) => ({ councillorId })),
  action: 'accept',
  due: null,
});
