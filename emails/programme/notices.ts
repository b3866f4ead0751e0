/** The words of the notice about a new programme. */
import type { Templates } from '../core/template.js';

export const programmeNotices = {
  programme_opened: {
    subject: () => 'Members are invited to observe',
    body: [
      'There is a new programme. It approves nobody: each councillor asks, and each request is decided for itself.',
    ],
    link: (_reference, pages) => ({ text: 'Open the programmes', path: pages.programmes }),
  },
} satisfies Templates;
