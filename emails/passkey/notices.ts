/** The words of the notices about passkeys. */
import type { Templates } from '../core/template.js';

export const passkeyNotices = {
  passkeys_changed: {
    subject: () => 'The passkeys of your account have changed',
    body: [
      'A passkey was added to your account, or one was removed.',
      'If it was not you, tell the council’s Monitoring Officer at once, and set a new password.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
  passkey_copied: {
    subject: () => 'One of your passkeys may have been copied',
    body: [
      'Somebody tried to prove that they are you with one of your passkeys, and it counted less than before. That happens where ' +
        'a passkey has been copied. It was refused.',
      'Remove that passkey from your account, and add a new one. If it was not you, tell the council’s Monitoring Officer at once.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
} satisfies Templates;
