/** Who gets which notice about signing in: People, accounts and sign-in, “Limits”. */
import { accountReference, personOf, type Notice } from '../core/notices.js';

/** The owner of an account learns that tries to get in were slowed. Of an address that nobody has, nobody does. */
export const signInSlowed = (personId: string | null): Notice => ({
  kind: 'sign_in_slowed',
  reference: accountReference,
  to: personOf(personId),
  action: 'read',
  due: null,
});
