import { latestCheckpoint } from '../../../db/audit/tree/checkpoints.js';
import { inTransaction } from '../../../db/core/connection.js';
import { sayOnce, unsaid } from '../../../db/deadline/reminders.js';
import { keptTooLong, messagesBefore, retentionSchedule } from '../../../db/retention/retention.js';
import { trainingRunningOut } from '../../../db/deadline/routines.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import {
  registerReference,
  retentionReference,
  settingsReference,
  trailReference,
} from '../../../policies/core/notices.js';
import { dueForDisposal, notificationsBefore } from '../../../policies/retention/retention.js';
import {
  lastMorning,
  monthlyLook,
  trainingWarningDays,
  warnedOfTraining,
  yearlyLook,
} from '../../../policies/deadline/routines.js';
import { notifyItself, recordItself } from '../by-itself.js';
import type { Job, Work } from '../job.js';
import { say, type Saying } from './say.js';

const routine = (given: Pick<Saying, 'key' | 'what' | 'step' | 'called' | 'fellDueAt' | 'to'>): Saying => ({
  reference: null,
  councillorId: null,
  dueOn: null,
  type: 'deadline.reminded',
  ...given,
});

/** Training that is about to run out: to the councillor, and to who keeps the register. Once for each. */
export const remindOfTraining: Work = async (job) => {
  const { date } = lastMorning(job.now());
  const today = londonDate(job.now());
  const found = await trainingRunningOut(job.db, { today, until: addDays(date, trainingWarningDays) });
  return say(
    job,
    found.map(({ councillorId, kind, expires }) => ({
      ...routine({
        key: `training:${councillorId}:${kind}:${expires}`,
        what: 'training',
        step: 'one_month',
        called: registerReference,
        fellDueAt: warnedOfTraining(expires),
        to: [{ councillorId }, { office: 'democratic_services' }],
      }),
      councillorId,
      dueOn: expires,
    })),
  );
};

/** How many councillors are looked through at a time for something that is due. */
const batch = 100;

/** Whether any data is due for disposal that nobody has proposed yet. */
const isAnythingDue = async ({ db }: Job, today: string): Promise<boolean> => {
  const schedule = await retentionSchedule(db);
  if ((await messagesBefore(db, notificationsBefore(schedule, today))) > 0) return true;
  for (let after: { readonly councillorId: string } | undefined; ;) {
    const kept = await keptTooLong(db, { today, limit: batch, after });
    const isDue = kept.some(({ kept: held, proposalId }) => {
      const due = dueForDisposal(held, schedule, today);
      return proposalId === null && (due.councillor || due.requests.length > 0);
    });
    if (isDue) return true;
    after = kept.at(-1);
    if (kept.length < batch) return false;
  }
};

/** Tells Democratic Services that data is due for disposal. They propose it: nothing goes by itself. */
export const remindOfRetention: Work = async (job) => {
  const { month, at } = monthlyLook(job.now());
  const key = `retention:${month}`;
  // Once it has been said nothing is looked through for it.
  if (!(await unsaid(job.db, [key])).has(key)) return 0;
  if (!(await isAnythingDue(job, londonDate(job.now())))) return 0;
  return say(job, [
    routine({
      key,
      what: 'retention',
      step: 'monthly',
      called: retentionReference,
      fellDueAt: at,
      to: [{ office: 'democratic_services' }],
    }),
  ]);
};

/** Once a year Democratic Services hold the bank holidays against the list that GOV.UK publishes. */
export const remindOfBankHolidays: Work = async (job) => {
  const look = yearlyLook(job.now());
  if (look === null) return 0;
  return say(job, [
    routine({
      key: `bank_holidays:${look.year}`,
      what: 'bank_holidays',
      step: 'yearly',
      called: settingsReference,
      fellDueAt: look.at,
      to: [{ office: 'democratic_services' }],
    }),
  ]);
};

/**
 * The last signed checkpoint goes to the auditors each morning: held outside of the service it shows later that
 * nothing before it was changed (audit.md). Days on which the service was down are not made up for one by one: the
 * last checkpoint vouches for all before it.
 */
export const mailCheckpoint: Work = async ({ db, now }) => {
  const { date, at: fellDueAt } = lastMorning(now());
  const checkpoint = await latestCheckpoint(db);
  if (checkpoint === null) return 0;
  return inTransaction(db, async (trx) => {
    const at = now();
    const reminder = {
      key: `checkpoint:${date}`,
      reference: null,
      councillorId: null,
      what: 'checkpoint',
      step: 'daily',
      called: trailReference,
      dueOn: date,
      fellDueAt,
    };
    if (!(await sayOnce(trx, { reminder, people: [], at }))) return 0;
    await recordItself(
      trx,
      { type: 'checkpoint.mailed', subject: trailReference, decision: { size: checkpoint.size } },
      at,
    );
    const notice = {
      kind: 'checkpoint_daily',
      reference: trailReference,
      to: [{ office: 'auditor' }],
      action: 'read',
      due: null,
      checkpoint: checkpoint.seq,
    } as const;
    await notifyItself(trx, reminder.key, notice, at);
    return 1;
  });
};
