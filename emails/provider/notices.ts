/** The words of the notices about the council’s own sign-in. */
import type { Templates } from '../core/template.js';

export const providerNotices = {
  account_bound: {
    subject: () => 'Your account now opens with the council’s sign-in',
    body: [
      'Your account was bound to you in the council’s own sign-in. From now on you sign in there, and nobody else there can ' +
        'open your account.',
      'If it was not you, tell the council’s Monitoring Officer at once.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
} satisfies Templates;
