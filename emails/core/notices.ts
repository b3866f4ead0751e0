/**
 * The words of each notice. A template is given the reference, the due day and where pages are, and
 * nothing else, so it cannot tell more: no names, reasons, grounds, types, times or cases
 * (need-to-know.md, section 8).
 */
import type { NoticeKind } from '../../policies/core/notices.js';

/** Where the pages that mail leads to are: paths below the service's address. */
export interface Pages {
  readonly requests: string;
  readonly standby: string;
  readonly incidents: string;
  readonly protocol: string;
  readonly programmes: string;
  readonly councillors: string;
  readonly retention: string;
  readonly settings: string;
  readonly checkpoint: string;
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

const toIncidents: Template['link'] = (_reference, pages) => ({
  text: 'Open the incidents',
  path: pages.incidents,
});
const toProtocol: Template['link'] = (_reference, pages) => ({
  text: 'Open the protocol',
  path: pages.protocol,
});
const toProgrammes: Template['link'] = (_reference, pages) => ({
  text: 'Open the programmes',
  path: pages.programmes,
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
  review_asked: {
    subject: aboutRequest('a review has been asked for'),
    body: [
      'The Monitoring Officer is asked to decide it. Where neither they nor a deputy is free, Democratic Services ' +
        'record whom the Chief Executive names.',
    ],
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
  named_to_act: {
    subject: aboutRequest('you have been named to act'),
    body: [
      'The Chief Executive has named you to act on this request, because nobody of the office is free to.',
    ],
    link: toRequest,
  },
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
  visit_planned: {
    subject: aboutRequest('a visit is planned'),
    body: ['When it is, and what has still to be in place, is read after signing in.'],
    link: toRequest,
  },
  visit_moved: {
    subject: aboutRequest('a visit has changed'),
    body: ['When it is now, and what has still to be in place, is read after signing in.'],
    link: toRequest,
  },
  visit_off: {
    subject: aboutRequest('a visit does not take place'),
    body: ['Not everything needed is in place. No event was used.'],
    link: toRequest,
  },
  attendance_recorded: {
    subject: aboutRequest('please confirm the record of a visit'),
    body: ['What happened has been recorded. You are asked to say whether you agree with the record.'],
    link: toRequest,
  },
  attendance_disputed: {
    subject: aboutRequest('the record of a visit is not agreed'),
    body: [
      'The councillor does not agree with what was recorded. What they say to it is on the visit’s page.',
    ],
    link: toRequest,
  },
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
  grant_ended: {
    subject: aboutRequest('nobody may attend under it now'),
    body: ['Please do not attend. How it stands is on the request’s page.'],
    link: toRequest,
  },
  grant_goes_on: {
    subject: aboutRequest('it goes on'),
    body: ['How it stands, and what has still to be in place, is on the request’s page.'],
    link: toRequest,
  },
  incident_reported: {
    subject: () => 'An incident has been reported',
    body: [
      'Data Protection are asked to look into it today. What it froze is released or ended, with reasons.',
    ],
    due: (day) => `What it froze is to be released or ended by the end of ${day}.`,
    link: toIncidents,
  },
  incident_closed: {
    subject: () => 'An incident has been closed',
    body: ['An incident that you reported has been closed by Data Protection.'],
    link: toIncidents,
  },
  protocol_published: {
    subject: () => 'The observation protocol has a new version',
    body: ['You are asked to read it and to accept it. What was granted to you waits until then.'],
    link: toProtocol,
  },
  programme_opened: {
    subject: () => 'Members are invited to observe',
    body: [
      'There is a new programme. It approves nobody: each councillor asks, and each request is decided for itself.',
    ],
    link: toProgrammes,
  },
  request_unanswered: {
    subject: aboutRequest('your request has been withdrawn'),
    body: [
      'The time to answer the questions of an office went by without an answer, so the request counts as withdrawn.',
      'You may ask again at any time with a new request.',
    ],
    link: toRequest,
  },
  // Its lines are its body: see reminders.ts.
  digest: {
    subject: () => 'Things that are due',
    body: [],
    link: toList,
  },
  checkpoint_daily: {
    subject: () => 'Today’s checkpoint of the trail',
    body: [
      'Keep this message: with the signed checkpoint below anybody can show later that nothing before it was changed.',
    ],
    link: (_reference, pages) => ({ text: 'Open the checkpoint', path: pages.checkpoint }),
  },
} satisfies Readonly<Record<NoticeKind, Template>> as Readonly<Record<NoticeKind, Template>>;
