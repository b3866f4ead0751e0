/** The words of the notices about a visit and its record. */
import { aboutRequest, toRequest, type Templates } from '../core/template.js';

export const visitNotices = {
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
  visit_bars: {
    subject: aboutRequest('a visit waits for the check of legal bars'),
    body: ['Nobody may attend until Legal have answered for this visit.'],
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
} satisfies Templates;
