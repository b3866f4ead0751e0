/** The words of the notices about tokens. */
import type { Templates } from '../core/template.js';

export const tokenNotices = {
  tokens_changed: {
    subject: () => 'The tokens of your account have changed',
    body: [
      'A token, with which a program calls the service in your place, was made with your account, or one was revoked.',
      'If you do not expect it, look at your tokens, revoke those that you do not know, and tell the council’s Monitoring Officer at once.',
    ],
    link: (_reference, pages) => ({ text: 'Open the tokens', path: pages.tokens }),
  },
} satisfies Templates;
