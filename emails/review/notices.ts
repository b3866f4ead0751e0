/** The words of the notices about a review. */
import { aboutRequest, decisionDue, toRequest, type Templates } from '../core/template.js';

export const reviewNotices = {
  hearing_told: {
    subject: aboutRequest('please answer before it is decided'),
    body: [
      'There is something that you are asked to answer before a decision is taken. It is on the page of the request.',
    ],
    due: (day) => `You can answer until the end of ${day}.`,
    link: toRequest,
  },
  hearing_answered: {
    subject: aboutRequest('the councillor has answered'),
    body: ['What they say is on the page of the request. It can be decided once it is before the offices.'],
    due: decisionDue,
    link: toRequest,
  },
  review_asked: {
    subject: aboutRequest('a review has been asked for'),
    body: [
      'The Monitoring Officer is asked to decide it. Where neither they nor a deputy is free, Democratic Services ' +
        'record whom the Chief Executive names.',
    ],
    due: (day) => `The review is due by the end of ${day}.`,
    link: toRequest,
  },
  late_review_accepted: {
    subject: aboutRequest('your late request for a review is accepted'),
    body: ['The Monitoring Officer decides the review. The reasons are on the request’s page.'],
    due: (day) => `The review is due by the end of ${day}.`,
    link: toRequest,
  },
  review_upheld: {
    subject: aboutRequest('the review has been decided'),
    body: ['The outcome, its reasons and what else is open to you are on the request’s page.'],
    link: toRequest,
  },
  request_remitted: {
    subject: aboutRequest('the request is decided afresh'),
    body: [
      'It is a new version of the same text, with a new time to decide, for people who have not signed it before.',
    ],
    due: decisionDue,
    link: toRequest,
  },
  order_to_carry_out: {
    subject: aboutRequest('an order is to be carried out'),
    body: [
      'A court, the council or a committee with power has ordered it. Nobody judges the need again: Children’s Services name ' +
        'the host, and Legal say what the law bars and carry the order out.',
    ],
    due: decisionDue,
    link: toRequest,
  },
  order_recorded: {
    subject: aboutRequest('an order about your request is on record'),
    body: ['The council carries it out. You will be told the days and the conditions.'],
    due: decisionDue,
    link: toRequest,
  },
  named_to_act: {
    subject: aboutRequest('you have been named to act'),
    body: [
      'The Chief Executive has named you to act on this request, because nobody of the office is free to.',
    ],
    link: toRequest,
  },
} satisfies Templates;
