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
  right_to_confirm: {
    subject: aboutRequest('a right to papers waits to be confirmed'),
    body: [
      'Legal has recorded whether the councillor has a statutory right to these papers. It counts only once another ' +
        'person has confirmed it.',
    ],
    due: (day) => `Under the right the papers are due by the end of ${day}.`,
    link: toRequest,
  },
  right_denied: {
    subject: aboutRequest('whether you have a right to the papers'),
    body: [
      'The council has found that the right you claimed does not exist. The reasons are on the request’s page. ' +
        'The three offices decide about the papers as they do about a visit.',
    ],
    due: (day) => `You may ask for a review of this until the end of ${day}.`,
    link: toRequest,
  },
  statement_to_print: {
    subject: aboutRequest('a statement of reasons for the committee'),
    body: [
      'A copy of papers was refused under regulation 17, in whole or in part. The committee must get the reasons in ' +
        'writing: print the statement from the request’s page and send it.',
    ],
    link: toRequest,
  },
  right_review_requested: {
    subject: aboutRequest('a review of a denied right has been asked for'),
    body: ['The Monitoring Officer is asked to decide it.'],
    due: (day) => `The review is due by the end of ${day}.`,
    link: toRequest,
  },
  right_review_decided: {
    subject: aboutRequest('the review of a denied right has been decided'),
    body: ['The outcome and its reasons are on the request’s page.'],
    link: toRequest,
  },
  papers_due: {
    subject: aboutRequest('papers are to be released'),
    body: ['A right to these papers is confirmed. They are released under it, outside the test.'],
    due: (day) => `They are due by the end of ${day}.`,
    link: toRequest,
  },
  papers_released: {
    subject: aboutRequest('papers have been released'),
    body: ['What was released, and when, is on the request’s page.'],
    link: toRequest,
  },
} satisfies Templates;
