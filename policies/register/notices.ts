/** Who gets which notice about the register: need-to-know.md, section 6, "The register of members". */
import { registerReference, type Notice } from '../core/notices.js';

/** Democratic Services learn what an import that nobody watched took over, and what it left for them: numbers alone. */
export const registerDiffers = (counts: Readonly<Record<string, number>>): Notice => ({
  kind: 'register_differs',
  reference: registerReference,
  to: [{ office: 'democratic_services' }],
  action: 'look_into',
  due: null,
  counts,
});
