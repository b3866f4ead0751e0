/**
 * Every job there is, for the people who keep the service running: what it does, when something falls due, and how often it
 * is looked whether something has.
 */
import { numberOf } from '../core/words/number-of.js';
import { morning, remindedBefore } from '../deadline/reminding.js';
import { trainingWarningDays } from '../deadline/routines.js';

export interface Job {
  readonly title: string;
  /** What it does and when something falls due. */
  readonly does: string;
  /** A divisor of 60. */
  readonly everyMinutes: 1 | 5 | 15;
}

export const jobNames = [
  'lapses',
  'withdrawals',
  'times_passed',
  'due_days',
  'reminders',
  'checks',
  'records',
  'escalations',
  'conflicts',
  'access_requests',
  'training',
  'heartbeat',
  'checkpoint',
  'retention',
  'bank_holidays',
  'leftovers',
  // After whatever there is to gather.
  'digests',
] as const;
export type JobName = (typeof jobNames)[number];

export const jobs: Readonly<Record<JobName, Job>> = {
  lapses: {
    title: 'Lapses',
    does: 'Stores the end of grants of which a limit is over.',
    everyMinutes: 1,
  },
  withdrawals: {
    title: 'Unanswered requests',
    does: 'Withdraws requests that were returned and not answered in time.',
    everyMinutes: 1,
  },
  times_passed: {
    title: 'Requests whose time has passed',
    does: 'Closes requests whose dates were over before anybody decided them.',
    everyMinutes: 1,
  },
  due_days: {
    title: 'Due days',
    does: 'Moves what is listed under another day than the one that is worked out now.',
    everyMinutes: 5,
  },
  reminders: {
    title: 'Reminders',
    does: `Reminds people at ${morning} of a deadline: ${numberOf(remindedBefore.two_days, 'working day')} before it, and ${numberOf(remindedBefore.one_day, 'working day')} before it.`,
    everyMinutes: 5,
  },
  checks: {
    title: 'Checks before visits',
    does: 'Asks for the check of links that is due on the last working day before a visit.',
    everyMinutes: 5,
  },
  records: {
    title: 'Records of attendance',
    does: 'Asks for the record of a visit that has taken place.',
    everyMinutes: 5,
  },
  escalations: {
    title: 'Missed deadlines',
    does: 'Tells the head of an office about a missed deadline, and the Monitoring Officer on the working day after.',
    everyMinutes: 5,
  },
  conflicts: {
    title: 'Contested conflicts',
    does: 'Reminds people to settle a conflict that is contested, and tells the head of their office when it is overdue.',
    everyMinutes: 5,
  },
  access_requests: {
    title: 'Subject access requests',
    does: 'Reminds Data Protection of the last day to answer a subject access request, and tells their head when it is overdue.',
    everyMinutes: 15,
  },
  training: {
    title: 'Training',
    does: `Warns of training that runs out within ${numberOf(trainingWarningDays, 'day')}.`,
    everyMinutes: 15,
  },
  digests: {
    title: 'Digests',
    does: 'Puts what each person is to be told into one message.',
    everyMinutes: 5,
  },
  heartbeat: {
    title: 'Heartbeat',
    does: 'Begins each day on the trail, so that silence shows.',
    everyMinutes: 5,
  },
  checkpoint: {
    title: 'Daily checkpoint',
    does: 'Sends the last signed checkpoint to the auditors at eight in the morning.',
    everyMinutes: 15,
  },
  retention: {
    title: 'Retention',
    does: 'Tells Democratic Services once a month that something is due for disposal.',
    everyMinutes: 15,
  },
  bank_holidays: {
    title: 'Bank holidays',
    does: 'Asks Democratic Services in October to check the bank holidays of the coming year.',
    everyMinutes: 15,
  },
  leftovers: {
    title: 'Leftovers',
    does: 'Deletes sessions that have ended, counts of sign-ins that have run out, and what was typed and not sent in time.',
    everyMinutes: 15,
  },
};
