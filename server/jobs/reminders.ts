import type { DeadlineKind, OpenDeadline } from '../../policies/deadline/open-deadlines.js';
import { escalationsOf, reminderOf } from '../../policies/deadline/reminding.js';
import type { Job, Work } from './job.js';
import { sayOfDeadlines } from './say.js';

/** What belongs to a visit is asked for by jobs of its own, so that each can be seen to run. */
const ofVisits: readonly DeadlineKind[] = ['check_connection', 'attendance_record'];

const remindOf =
  (isOfIt: (open: OpenDeadline) => boolean): Work =>
  (job: Job) =>
    sayOfDeadlines(job, 'deadline.reminded', (open, now) => {
      const word = isOfIt(open) ? reminderOf(job.settings, open, now) : null;
      return word ? [word] : [];
    });

/** Two days and one day before something is due, whom it waits for is reminded. */
export const remindOfDeadlines: Work = remindOf(({ what }) => !ofVisits.includes(what));

/** The links to a family are to be checked one working day before a visit. */
export const remindOfChecks: Work = remindOf(({ what }) => what === 'check_connection');

/** What happened at a visit is to be recorded within two working days. */
export const remindOfRecords: Work = remindOf(({ what }) => what === 'attendance_record');

/** What was missed goes to the head of the office, and to the Monitoring Officer when it is missed still. */
export const escalate: Work = (job) =>
  sayOfDeadlines(job, 'deadline.missed', (open, now) => escalationsOf(job.settings, open, now));
