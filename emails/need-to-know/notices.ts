/** The words of the notices about the test. */
import { aboutRequest, toRequest, type Templates } from '../core/template.js';

export const needToKnowNotices = {
  rule_lifted: {
    subject: aboutRequest('a council rule was lifted'),
    body: [
      'The three offices have each given exceptional reasons, and a rule of the council’s own no longer blocks this version of the request. The reasons are on the page of the test.',
    ],
    link: toRequest,
  },
} satisfies Templates;
