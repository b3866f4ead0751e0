/** The words of the notices about an account. */
import { linkHours } from '../../policies/account/link.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import type { Templates } from '../core/template.js';

export const accountNotices = {
  password_link: {
    subject: () => 'Set your password',
    body: [
      `With this link you open your account: you set a password, or come in with the council’s own sign-in where there is one. It works once, for ${numberOf(linkHours, 'hour')}. Opening it does not use it up.`,
      'If you did not ask for it, you need not do anything: your password stays as it is.',
    ],
    link: (_reference, pages, token) =>
      token === null
        ? { text: 'Open the page to ask for a link', path: pages.forgottenPassword }
        : { text: 'Open the page to set your password', path: pages.setPassword(token) },
  },
  password_set: {
    subject: () => 'Your password has been set',
    body: [
      'The password of your account has been set, and you have been signed out everywhere.',
      'If it was not you, ask for a link to set another at once, and tell the council’s Monitoring Officer.',
    ],
    link: (_reference, pages) => ({
      text: 'Open the page to ask for a link',
      path: pages.forgottenPassword,
    }),
  },
  password_changed: {
    subject: () => 'Your password has been changed',
    body: [
      'The password of your account has been changed with the one from before. You have been signed out everywhere but where ' +
        'it was changed.',
      'If it was not you, ask for a link to set another at once, and tell the council’s Monitoring Officer.',
    ],
    link: (_reference, pages) => ({
      text: 'Open the page to ask for a link',
      path: pages.forgottenPassword,
    }),
  },
  account_recovered: {
    subject: () => 'An account was made at the machine itself',
    body: [
      'Somebody who runs the machine of this service made an account for an administrator or a Monitoring Officer, or ' +
        'a link to its password. Who it was and why is on the audit trail. If you do not expect it, ask them today.',
    ],
    link: (_reference, pages) => ({ text: 'Open the service', path: pages.requests }),
  },
  account_changed: {
    subject: () => 'Something about your account has changed',
    body: [
      'Your account may be used again, its name or address was changed, or you were signed out everywhere.',
      'If you do not expect it, ask the council’s Monitoring Officer.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
} satisfies Templates;
