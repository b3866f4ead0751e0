import {
  escalationsDue,
  kindsButVisits,
  remindersDue,
  type DueKind,
} from '../../../policies/deadline/due-days.js';
import { escalationsOf, reminderOf } from '../../../policies/deadline/reminding.js';
import type { Job, Work } from '../job.js';
import { sayOfDeadlines } from './say.js';

/** What belongs to a visit is asked for by jobs of its own, so that each can be seen to run. */
const remindOf =
  (...kinds: readonly DueKind[]): Work =>
  (job: Job) => {
    const now = job.now();
    return sayOfDeadlines(job, 'deadline.reminded', {
      now,
      steps: remindersDue(job.settings, now, kinds),
      words: (open) => {
        const word = reminderOf(job.settings, open, now);
        return word ? [word] : [];
      },
    });
  };

/** Two days and one day before something is due, whom it waits for is reminded. */
export const remindOfDeadlines: Work = remindOf(...kindsButVisits);

/** The links to a family are to be checked one working day before a visit. */
export const remindOfChecks: Work = remindOf('check_connection');

/** What happened at a visit is to be recorded within two working days. */
export const remindOfRecords: Work = remindOf('attendance_record');

/** What was missed goes to the head of the office, and to the Monitoring Officer when it is missed still. */
export const escalate: Work = (job) => {
  const now = job.now();
  return sayOfDeadlines(job, 'deadline.missed', {
    now,
    steps: escalationsDue(job.settings, now),
    words: (open) => escalationsOf(job.settings, open, now),
  });
};
