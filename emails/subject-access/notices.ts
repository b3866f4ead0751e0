/** The words of the notices about a subject access request: never what is in it. */
import type { Template, Templates } from '../core/template.js';

const toRequests: Template['link'] = (_reference, pages) => ({
  text: 'Open the subject access requests',
  path: pages.accessRequests,
});

export const accessNotices = {
  access_recorded: {
    subject: () => 'A subject access request has been recorded',
    body: ['Data Protection recorded a subject access request. The service shows when the answer is due.'],
    due: (day) => `The answer is due by the end of ${day}.`,
    link: toRequests,
  },
  access_extended: {
    subject: () => 'A subject access request has been extended',
    body: [
      'Data Protection need more time to answer a subject access request. The service shows the reasons and the new day.',
      'If you asked and you disagree, you may complain to the Information Commissioner or go to court.',
    ],
    due: (day) => `The answer is due by the end of ${day}.`,
    link: toRequests,
  },
  access_released: {
    subject: () => 'A subject access file has been released',
    body: [
      'A second person of Data Protection released the file of a subject access request. Data Protection give it to the person who asked.',
    ],
    link: toRequests,
  },
} satisfies Templates;
