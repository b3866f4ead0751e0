import { inTransaction } from '../../../db/core/connection.js';
import { dueForStep, noteSaid } from '../../../db/deadline/due-days.js';
import { deadlinesOf, type StoredDeadline } from '../../../db/deadline/open-deadlines.js';
import { recipientsOf } from '../../../db/outbox/recipients.js';
import { sayOnce, unsaid, type Reminder } from '../../../db/deadline/reminders.js';
import type { EntryType } from '../../../db/audit/entry-types.js';
import type { StepsDue } from '../../../policies/deadline/due-days.js';
import { londonDate } from '../../../policies/core/time/london.js';
import type { Recipient } from '../../../policies/core/notices.js';
import type { OpenDeadline } from '../../../policies/deadline/open-deadlines.js';
import type { Running, TimelyWord } from '../../../policies/deadline/reminding.js';
import { recordItself } from '../by-itself.js';
import type { Job } from '../job.js';
import { oneByOne } from '../worker/one-by-one.js';

/** Something to say once, and to whom. */
export interface Saying extends Reminder {
  readonly to: readonly Recipient[];
  /** Its type on the trail. */
  readonly type: Extract<EntryType, 'deadline.reminded' | 'deadline.missed'>;
}

/** What is to be said of a deadline, as it is kept. */
export const sayingOf = (open: Running, word: TimelyWord, type: Saying['type']): Saying => ({
  key: word.key,
  reference: open.reference,
  councillorId: null,
  what: open.what,
  step: word.step,
  called: open.called,
  dueOn: open.due.at,
  fellDueAt: word.fellDueAt,
  to: word.to,
  type,
});

const subjectOf = ({ reference, councillorId, called }: Saying): string =>
  reference ?? (councillorId === null ? called : `councillor:${councillorId}`);

/**
 * Says each thing that nobody has said before: with its entry on the trail, which holds both the moment at which it
 * fell due and the moment at which it was said. digests.ts gathers the messages afterwards.
 * @returns how much was new
 */
export const say = async (job: Job, sayings: readonly Saying[]): Promise<number> => {
  if (sayings.length === 0) return 0;
  const fresh = await unsaid(
    job.db,
    sayings.map(({ key }) => key),
  );
  return oneByOne(
    job,
    sayings.filter(({ key }) => fresh.has(key)),
    { name: ({ key }) => key, act: (saying) => sayNow(job, saying) },
  );
};

/** @returns 0 where another node was first */
const sayNow = ({ db, now, settings }: Job, saying: Saying): Promise<number> => {
  const at = now();
  return inTransaction(db, async (trx) => {
    const people = await recipientsOf(trx, saying.to, londonDate(at));
    if (!(await sayOnce(trx, { reminder: reminderIn(saying), people, at }))) return 0;
    const { what, step, dueOn, fellDueAt } = saying;
    const decision = { what, step, due: dueOn, since: fellDueAt.toISOString(), people: people.length };
    const { type } = saying;
    await recordItself(trx, { type, subject: subjectOf(saying), decision, settings: settings.revision }, at);
    return 1;
  });
};

const reminderIn = ({ to: _to, type: _type, ...reminder }: Saying): Reminder => reminder;

/**
 * A deadline with a step that has come, and what to say about it; nothing if the deadline began to run too late for
 * that step.
 */
interface Due extends StoredDeadline {
  readonly sayings: readonly Saying[];
}

/** Looks at the deadlines with a step that has come, and says what `words` finds for each. */
export const sayOfDeadlines = async (
  job: Job,
  type: Saying['type'],
  {
    steps,
    words,
    now,
  }: {
    readonly steps: StepsDue;
    readonly words: (open: OpenDeadline) => readonly TimelyWord[];
    readonly now: Date;
  },
): Promise<number> => {
  const rows = await dueForStep(job.db, steps);
  const found = await deadlinesOf(job.db, job.settings, { rows, now });
  const due = found
    .filter(({ open }) => steps.isOver?.(open) ?? true)
    .map(({ row, open }): Due => ({
      row,
      open,
      sayings: words(open).map((word) => sayingOf(open, word, type)),
    }));
  try {
    return await say(
      job,
      due.flatMap(({ sayings }) => sayings),
    );
  } finally {
    await noteSteps(job, due, steps);
  }
};

/** Stores how many steps of each are fully said. The next tick looks again at those that failed. */
const noteSteps = async ({ db }: Job, due: readonly Due[], steps: StepsDue): Promise<void> => {
  // By the day that was worked out: where another is stored, that one is put right first (due-days.ts).
  const asStored = due.filter(({ row, open }) => row.dueOn === open.due.at);
  const left = await unsaid(
    db,
    asStored.flatMap(({ sayings }) => sayings.map(({ key }) => key)),
  );
  await noteSaid(
    db,
    asStored
      .filter(({ sayings }) => sayings.every(({ key }) => !left.has(key)))
      .map(({ row, open }) => ({ id: row.id, change: row.change, said: steps.come(open.due.at) })),
  );
};
