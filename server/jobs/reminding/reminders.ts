import {
  clockEscalationsDue,
  clockRemindersDue,
  escalationsDue,
  kindsButVisits,
  remindersDue,
  type DueKind,
  type StepsDue,
} from '../../../policies/deadline/due-days.js';
import { escalationsOf, reminderOf } from '../../../policies/deadline/reminding.js';
import type { Job, Work } from '../job.js';
import { sayOfDeadlines } from './say.js';

const remind = (job: Job, now: Date, steps: StepsDue): Promise<number> =>
  sayOfDeadlines(job, 'deadline.reminded', {
    now,
    steps,
    words: (open) => {
      const word = reminderOf(job.settings, open, now);
      return word ? [word] : [];
    },
  });

/** Deadlines of visits have jobs of their own, so that people can see that each one runs. */
const remindOf =
  (...kinds: readonly DueKind[]): Work =>
  (job: Job) => {
    const now = job.now();
    return remind(job, now, remindersDue(job.settings, now, kinds));
  };

const remindOfDays: Work = remindOf(...kindsButVisits);

/** Reminds the people a deadline waits for: two days and one day before it, and by the clock the day before and on the day. */
export const remindOfDeadlines: Work = async (job) => {
  const now = job.now();
  return (await remindOfDays(job)) + (await remind(job, now, clockRemindersDue(now)));
};

/** Asks for the check of links to a family one working day before a visit. */
export const remindOfChecks: Work = remindOf('check_connection');

/** Asks for the record of a visit. */
export const remindOfRecords: Work = remindOf('attendance_record');

/** A missed deadline goes to the head of the office, and to the Monitoring Officer if it is still missed. */
export const escalate: Work = async (job) => {
  const now = job.now();
  let said = 0;
  for (const steps of [escalationsDue(job.settings, now), clockEscalationsDue(job.settings, now)])
    said += await sayOfDeadlines(job, 'deadline.missed', {
      now,
      steps,
      words: (open) => escalationsOf(job.settings, open, now),
    });
  return said;
};
