/** The words of the notices about sign-offs and the decision. */
import { aboutRequest, decisionDue, toRequest, type Templates } from '../core/template.js';

export const decisionNotices = {
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
  meeting_to_confirm: {
    subject: aboutRequest('please confirm that your office was at a meeting'),
    body: [
      'A meeting about this request is recorded, and your office is named as present. It counts once each office has ' +
        'confirmed it. Say on the page of the discussion whether your office was there.',
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
} satisfies Templates;
