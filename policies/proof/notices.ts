/** Who gets which notice about codes: People, accounts and sign-in, “Ways in”. */
import { accountReference, type Notice } from '../core/notices.js';

/** The owner learns that something about their codes has changed, also where they did it themselves. */
export const codesChanged = (personId: string): Notice => ({
  kind: 'codes_changed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
  acknowledges: true,
});
