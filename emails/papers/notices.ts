/** The words of the notices about papers. */
import { aboutRequest, toRequest, type Templates } from '../core/template.js';

export const papersNotices = {
  papers_opened: {
    subject: aboutRequest('a draft for papers has been opened'),
    body: [
      'You said that papers are wanted as well. They are a request of their own: this draft is yours to complete ' +
        'and to hand in. What you asked to observe goes on without it.',
    ],
    link: toRequest,
  },
  papers_due: {
    subject: aboutRequest('papers are to be released'),
    body: ['Legal has recorded a right to these papers. They are released under it, outside the test.'],
    due: (day) => `They are due by the end of ${day}.`,
    link: toRequest,
  },
  papers_released: {
    subject: aboutRequest('papers have been released'),
    body: ['What was released, and when, is on the request’s page.'],
    link: toRequest,
  },
} satisfies Templates;
