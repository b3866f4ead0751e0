/** Who gets which notice about the council's own sign-in: People, accounts and sign-in, “Ways in”. */
import { accountReference, type Notice } from '../core/notices.js';

/** The owner learns that the council's sign-in opens their account from now on. */
export const accountBound = (personId: string): Notice => ({
  kind: 'account_bound',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
  acknowledges: true,
});
