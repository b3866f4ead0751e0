/** The words of the notices about offices. */
import type { Templates } from '../core/template.js';

export const officeNotices = {
  office_waits: {
    subject: () => 'An office waits for a second person',
    body: [
      'An administrator has given somebody an office. It counts for nothing until a second person confirms it: another ' +
        'administrator, or the Monitoring Officer.',
    ],
    link: (_reference, pages) => ({ text: 'Open the people', path: pages.people }),
  },
  office_changed: {
    subject: () => 'Something about your offices has changed',
    body: [
      'An office was given to you, was confirmed, or ends. Which one, and from when, is on the page of your account.',
      'If you do not expect it, ask the council’s Monitoring Officer.',
    ],
    link: (_reference, pages) => ({ text: 'Open your account', path: pages.account }),
  },
} satisfies Templates;
