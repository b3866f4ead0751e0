import {
  escalationsDue,
  kindsButVisits,
  remindersDue,
  type DueKind,
} from '../../../policies/deadline/due-days.js';
import { escalationsOf, reminderOf } from '../../../policies/deadline/reminding.js';
import type { Job, Work } from '../job.js';
import { sayOfDeadlines } from './say.js';

/** Deadlines of visits have jobs of their own, so that people can see that each one runs. */
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

/** Two days and one day before a deadline, reminds the people it waits for. */
export const remindOfDeadlines: Work = remindOf(...kindsButVisits);

/** Asks for the check of links to a family one working day before a visit. */
export const remindOfChecks: Work = remindOf('check_connection');

/** Asks for the record of a visit. */
export const remindOfRecords: Work = remindOf('attendance_record');

/** A missed deadline goes to the head of the office, and to the Monitoring Officer if it is still missed. */
export const escalate: Work = (job) => {
  const now = job.now();
  return sayOfDeadlines(job, 'deadline.missed', {
    now,
    steps: escalationsDue(job.settings, now),
    words: (open) => escalationsOf(job.settings, open, now),
  });
};
