/**
 * Every job there is, and how often it is looked whether something has fallen due. Each finds that out for itself
 * from what is on record, and does each of it once: so it does not matter on how many nodes it runs, or how late.
 */
import { numberOf } from '../../policies/core/words/number-of.js';
import { morning, remindedBefore } from '../../policies/deadline/reminding.js';
import { trainingWarningDays } from '../../policies/deadline/routines.js';
import { gatherDigests } from './reminding/digests.js';
import { settleDueDays } from './due-days.js';
import { heartbeat } from './heartbeat.js';
import type { Work } from './job.js';
import { settleLapses } from './lapses.js';
import { escalate, remindOfChecks, remindOfDeadlines, remindOfRecords } from './reminding/reminders.js';
import {
  mailCheckpoint,
  remindOfBankHolidays,
  remindOfRetention,
  remindOfTraining,
} from './reminding/routines.js';
import { withdrawUnanswered } from './withdrawals.js';

export interface Scheduled {
  readonly title: string;
  /** What it does and when something falls due, for whoever keeps the service running. */
  readonly does: string;
  /** A divisor of 60. */
  readonly everyMinutes: 1 | 5 | 15;
  readonly work: Work;
}

export const jobNames = [
  'lapses',
  'withdrawals',
  'due_days',
  'reminders',
  'checks',
  'records',
  'escalations',
  'training',
  'heartbeat',
  'checkpoint',
  'retention',
  'bank_holidays',
  // After whatever there is to gather.
  'digests',
] as const;
export type JobName = (typeof jobNames)[number];

export const schedule: Readonly<Record<JobName, Scheduled>> = {
  lapses: {
    title: 'Lapses',
    does: 'Stores the end of grants of which a limit is over.',
    everyMinutes: 1,
    work: settleLapses,
  },
  withdrawals: {
    title: 'Unanswered requests',
    does: 'Withdraws requests that were returned and not answered in time.',
    everyMinutes: 1,
    work: withdrawUnanswered,
  },
  due_days: {
    title: 'Due days',
    does: 'Moves what is listed under another day than the one that is worked out now.',
    everyMinutes: 5,
    work: settleDueDays,
  },
  reminders: {
    title: 'Reminders',
    does: `Reminds people at ${morning} of a deadline: ${numberOf(remindedBefore.two_days, 'working day')} before it, and ${numberOf(remindedBefore.one_day, 'working day')} before it.`,
    everyMinutes: 5,
    work: remindOfDeadlines,
  },
  checks: {
    title: 'Checks before visits',
    does: 'Asks for the check of links that is due on the last working day before a visit.',
    everyMinutes: 5,
    work: remindOfChecks,
  },
  records: {
    title: 'Records of attendance',
    does: 'Asks for the record of a visit that has taken place.',
    everyMinutes: 5,
    work: remindOfRecords,
  },
  escalations: {
    title: 'Missed deadlines',
    does: 'Tells the head of an office about a missed deadline, and the Monitoring Officer on the working day after.',
    everyMinutes: 5,
    work: escalate,
  },
  training: {
    title: 'Training',
    does: `Warns of training that runs out within ${numberOf(trainingWarningDays, 'day')}.`,
    everyMinutes: 15,
    work: remindOfTraining,
  },
  digests: {
    title: 'Digests',
    does: 'Puts what each person is to be told into one message.',
    everyMinutes: 5,
    work: gatherDigests,
  },
  heartbeat: {
    title: 'Heartbeat',
    does: 'Begins each day on the trail, so that silence shows.',
    everyMinutes: 5,
    work: heartbeat,
  },
  checkpoint: {
    title: 'Daily checkpoint',
    does: 'Sends the last signed checkpoint to the auditors at eight in the morning.',
    everyMinutes: 15,
    work: mailCheckpoint,
  },
  retention: {
    title: 'Retention',
    does: 'Tells Democratic Services once a month that something is due for disposal.',
    everyMinutes: 15,
    work: remindOfRetention,
  },
  bank_holidays: {
    title: 'Bank holidays',
    does: 'Asks Democratic Services in October to check the bank holidays of the coming year.',
    everyMinutes: 15,
    work: remindOfBankHolidays,
  },
};
