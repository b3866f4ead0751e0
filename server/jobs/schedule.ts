/**
 * The work of every job. Each finds out for itself from what is on record whether something has fallen due, and does
 * each of it once: so it does not matter on how many nodes it runs, or how late.
 */
import type { JobName } from '../../policies/operations/jobs.js';
import { gatherDigests } from './reminding/digests.js';
import { settleDueDays } from './due-days.js';
import { heartbeat } from './heartbeat.js';
import type { Work } from './job.js';
import { settleLapses } from './lapses.js';
import { deleteLeftovers } from './leftovers.js';
import { remindOfAccess } from './reminding/access.js';
import { remindOfConflicts } from './reminding/conflicts.js';
import { escalate, remindOfChecks, remindOfDeadlines, remindOfRecords } from './reminding/reminders.js';
import {
  mailCheckpoint,
  remindOfBankHolidays,
  remindOfRetention,
  remindOfTraining,
} from './reminding/routines.js';
import { closeOvertaken } from './times-passed.js';
import { withdrawUnanswered } from './withdrawals.js';

export const schedule: Readonly<Record<JobName, Work>> = {
  lapses: settleLapses,
  withdrawals: withdrawUnanswered,
  times_passed: closeOvertaken,
  due_days: settleDueDays,
  reminders: remindOfDeadlines,
  checks: remindOfChecks,
  records: remindOfRecords,
  escalations: escalate,
  conflicts: remindOfConflicts,
  access_requests: remindOfAccess,
  training: remindOfTraining,
  digests: gatherDigests,
  heartbeat,
  checkpoint: mailCheckpoint,
  retention: remindOfRetention,
  bank_holidays: remindOfBankHolidays,
  leftovers: deleteLeftovers,
};
