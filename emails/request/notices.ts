/** The words of the notices about a request, and about its host. */
import { aboutRequest, decisionDue, toList, toRequest, type Templates } from '../core/template.js';

export const requestNotices = {
  request_received: {
    subject: aboutRequest('your request has been received'),
    body: [
      'The council has your request. Children’s Services, Democratic Services and Legal look at it together.',
      'You need do nothing now. You will be told when there is a decision, or when an office has questions.',
    ],
    due: decisionDue,
    link: toRequest,
  },
  request_submitted: {
    subject: aboutRequest('a request is waiting for your office'),
    body: ['Your office is asked to answer its questions, to take part in the discussion and to sign.'],
    due: decisionDue,
    link: toRequest,
  },
  request_resubmitted: {
    subject: aboutRequest('a request has come back to your office'),
    body: [
      'The questions that an office put have been answered, and the time for the decision runs on.',
      'Your office is asked to go on: to answer its questions, to take part in the discussion and to sign.',
    ],
    due: decisionDue,
    link: toRequest,
  },
  request_returned: {
    subject: aboutRequest('your request has been returned with questions'),
    body: [
      'An office needs an answer from you before the council can go on. Until then the time stands still.',
    ],
    due: (day) => `Answer by the end of ${day}; without an answer the request counts as withdrawn.`,
    link: toRequest,
  },
  request_paused: {
    subject: aboutRequest('a request has gone back to the councillor'),
    body: [
      'An office has put questions to the councillor. Until they are answered there is nothing to do.',
      'The time for the decision stands still, and goes on from where it stood.',
    ],
    link: toRequest,
  },
  request_edited: {
    subject: aboutRequest('a request before your office has changed'),
    body: [
      'It is a new version. Answers given earlier are carried over and have to be confirmed; sign-offs of the ' +
        'earlier version no longer stand.',
    ],
    due: decisionDue,
    link: toRequest,
  },
  request_withdrawn: {
    subject: aboutRequest('a request has been withdrawn'),
    body: ['Nothing more is asked of you.'],
    link: toRequest,
  },
  request_unanswered: {
    subject: aboutRequest('your request has been withdrawn'),
    body: [
      'The time to answer the questions of an office went by without an answer, so the request counts as withdrawn.',
      'You may ask again at any time with a new request.',
    ],
    link: toRequest,
  },
  request_overtaken: {
    subject: aboutRequest('the dates of your request passed before a decision'),
    body: [
      'We are sorry. The dates that you asked for were over before the council had decided your request, so it is closed. ' +
        'Nobody refused it, and it counts against nobody.',
      'You may ask again with other dates. Democratic Services can tell you what you can have at once, such as a briefing ' +
        'or data.',
    ],
    link: toRequest,
  },
  request_closed_by_time: {
    subject: aboutRequest('a request is closed as its dates have passed'),
    body: ['Its dates were over before anybody decided it. Nothing more is asked of you.'],
    link: toRequest,
  },
  host_named: {
    subject: aboutRequest('you have been named as host'),
    body: [
      'You are asked to see what the request is for. Nothing has been decided yet: you will be told when it is.',
    ],
    link: toRequest,
  },
  host_released: {
    subject: aboutRequest('somebody else is the host now'),
    body: ['You are no longer asked to host this. Nothing more is asked of you.'],
    link: toList,
  },
} satisfies Templates;
