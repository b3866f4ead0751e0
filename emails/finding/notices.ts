/** The words of the notice of a finding. */
import type { Templates } from '../core/template.js';

export const findingNotices = {
  finding_recorded: {
    subject: () => 'A finding about you has been recorded',
    body: [
      'The Monitoring Officer has recorded a finding. Your record says who made it, and until when it is weighed when you ' +
        'ask to observe.',
      'If it is wrong, tell the Monitoring Officer.',
    ],
    link: (_reference, pages) => ({ text: 'Open the service', path: pages.requests }),
  },
} satisfies Templates;
