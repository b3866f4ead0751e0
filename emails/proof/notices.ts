/** The words of the notices about how somebody proves that an account is theirs. */
import type { Templates } from '../core/template.js';

export const proofNotices = {
  codes_changed: {
    subject: () => 'The codes of your account have changed',
    body: [
      'An app for codes was set up for your account or is in use no more, or recovery codes were made, or one of them was used.',
      'If it was not you, tell the council’s Monitoring Officer at once, and set a new password.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
} satisfies Templates;
