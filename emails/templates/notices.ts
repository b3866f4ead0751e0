/**
 * The words of each notice. A template is given the reference, the due day and where pages are, and
 * nothing else, so it cannot tell more: no names, reasons, grounds, types, times or cases
 * (need-to-know.md, section 8).
 */
import type { NoticeKind } from '../../policies/notices.js';

/** Where the pages that mail leads to are: paths below the service's address. */
export interface Pages {
  readonly requests: string;
  readonly standby: string;
  request(reference: string): string;
}

interface Template {
  readonly subject: (reference: string) => string;
  readonly body: readonly string[];
  /** What the due day means; left out where a notice has none. */
  readonly due?: (day: string) => string;
  readonly link: (reference: string, pages: Pages) => { readonly text: string; readonly path: string };
}

const aboutRequest = (happened: string) => (reference: string) => `${reference}: ${happened}`;
const toRequest: Template['link'] = (reference, pages) => ({
  text: `Open ${reference}`,
  path: pages.request(reference),
});
const toList: Template['link'] = (_reference, pages) => ({
  text: 'Open the list of requests',
  path: pages.requests,
});
const toStandby: Template['link'] = (_reference, pages) => ({
  text: 'Open absences and deputies',
  path: pages.standby,
});

const decisionDue = (day: string) => `The decision is due by the end of ${day}.`;

/** One for each kind: a kind without its template does not compile. */
export const templates = {
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
  seats_voided: {
    subject: aboutRequest('your sign-off no longer stands'),
    body: ['Something has changed since you signed. You are asked to look at it again, and to sign again.'],
    due: decisionDue,
    link: toRequest,
  },
  sign_off_ended: {
    subject: aboutRequest('a sign-off no longer stands'),
    body: [
      'An office’s sign-off has ended. Legal can approve only when both other offices have signed again.',
    ],
    due: decisionDue,
    link: toRequest,
  },
  ready_for_legal: {
    subject: aboutRequest('ready for Legal to decide'),
    body: ['Both other offices have signed. It is Legal’s turn.'],
    due: decisionDue,
    link: toRequest,
  },
  request_decided: {
    subject: aboutRequest('a decision has been made'),
    body: [
      'The council has decided on your request. The decision and its reasons are on the request’s page.',
    ],
    due: (day) => `A review can be asked for until the end of ${day}.`,
    link: toRequest,
  },
  decision_recorded: {
    subject: aboutRequest('a decision has been made'),
    body: ['The request has been decided. Nothing is left to answer or to sign.'],
    link: toRequest,
  },
  visit_expected: {
    subject: aboutRequest('a visit may now be prepared'),
    body: ['You are the host. What may be observed, and under which conditions, is on the request’s page.'],
    link: toRequest,
  },
  deputy_registered: {
    subject: () => 'You have been registered as a deputy',
    body: [
      'You stand in for the head of an office when they are recorded as absent. Which office, and from when to ' +
        'when, is on the page of absences and deputies.',
    ],
    link: toStandby,
  },
  absence_recorded: {
    subject: () => 'An absence concerns you as a deputy',
    body: [
      'The head of an office for which you are a deputy has been recorded as absent, or as back. The days are on ' +
        'the page of absences and deputies; on those days you may sign for the office.',
    ],
    link: toStandby,
  },
} satisfies Readonly<Record<NoticeKind, Template>> as Readonly<Record<NoticeKind, Template>>;
