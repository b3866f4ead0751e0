/** Who gets the notice of a finding: need-to-know.md, sections 4 and 8. */
import { councillorsReference, type Notice } from '../core/notices.js';

/** The councillor learns what is on record about them; the three offices weigh it. */
export const findingRecorded = (councillorId: string): Notice => ({
  kind: 'finding_recorded',
  reference: councillorsReference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});
