/** Who gets which notice about an account: need-to-know.md, section 8, and People, accounts and sign-in. */
import { accountReference, type Notice } from '../core/notices.js';

/** The person gets a link with which they set their password. */
export const passwordLink = (personId: string, linkId: string): Notice => ({
  kind: 'password_link',
  reference: accountReference,
  to: [{ personId }],
  action: 'set_password',
  due: null,
  linkId,
  // It goes to the person it is for, also to an administrator who has it sent to themselves.
  acknowledges: true,
});

/** The person learns that their password was set. */
export const passwordSet = (personId: string): Notice => ({
  kind: 'password_set',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
});

/** The person learns that they, or somebody in their session, changed their password with the old one. */
export const passwordChanged = (personId: string): Notice => ({
  kind: 'password_changed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
});

/** Who keeps the accounts learns that somebody at the machine itself made a way in. */
export const accountRecovered = (): Notice => ({
  kind: 'account_recovered',
  reference: accountReference,
  to: [{ office: 'administrator' }, { office: 'monitoring_officer' }],
  action: 'look_into',
  due: null,
});

/** The person learns that something about their account has changed. */
export const accountChanged = (personId: string): Notice => ({
  kind: 'account_changed',
  reference: accountReference,
  to: [{ personId }],
  action: 'read',
  due: null,
});
