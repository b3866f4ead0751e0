/** Who gets which notice about tokens: People, accounts and sign-in, “Machines”. */
import { accountReference, type Notice } from '../core/notices.js';

/** The owner learns that a token was made with their account, or revoked, also where they did it themselves. */
export const tokensChanged = (personId: string): Notice => ({
  kind: 'tokens_changed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
  acknowledges: true,
});
