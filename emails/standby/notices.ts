/** The words of the notices to deputies. */
import type { Template, Templates } from '../core/template.js';

const toStandby: Template['link'] = (_reference, pages) => ({
  text: 'Open absences and deputies',
  path: pages.standby,
});

export const standbyNotices = {
  deputy_registered: {
    subject: () => 'You have been registered as a deputy',
    body: [
      'You stand in for the head of an office when they are recorded as absent. Which office, and from when to ' +
        'when, is on the page of absences and deputies.',
    ],
    link: toStandby,
  },
  strategy_delegated: {
    subject: () => 'A delegation of strategy discussions concerns you',
    body: [
      'It is on record that the Director has delegated to you the sign-off of requests to observe a strategy discussion, or ' +
        'until when. The days are on the page of absences and deputies.',
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
} satisfies Templates;
