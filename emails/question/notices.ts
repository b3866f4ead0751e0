/** The words of the notices about a question after a visit. */
import { aboutRequest, toRequest, type Templates } from '../core/template.js';

export const questionNotices = {
  question_asked: {
    subject: aboutRequest('a question waits for an answer'),
    body: ['It was put through the agreed protocol, after a visit.'],
    due: (day) => `The answer is due by the end of ${day}.`,
    link: toRequest,
  },
  question_answered: {
    subject: aboutRequest('your question has been answered'),
    body: ['The answer is on the visit’s page.'],
    link: toRequest,
  },
} satisfies Templates;
