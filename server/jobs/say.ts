import { inTransaction } from '../../db/core/connection.js';
import { openDeadlines } from '../../db/deadline/open-deadlines.js';
import { recipientsOf } from '../../db/people/recipients.js';
import { sayOnce, unsaid, type Reminder } from '../../db/deadline/reminders.js';
import type { EntryType } from '../../db/audit/entry-types.js';
import { londonDate } from '../../policies/core/london.js';
import type { Recipient } from '../../policies/core/notices.js';
import type { OpenDeadline } from '../../policies/deadline/open-deadlines.js';
import type { TimelyWord } from '../../policies/deadline/reminding.js';
import { traceItself } from './by-itself.js';
import type { Job } from './job.js';
import { oneByOne } from './one-by-one.js';

/** Something to be said, once, and to whom. */
export interface Saying extends Reminder {
  readonly to: readonly Recipient[];
  /** What the trail calls it. */
  readonly type: Extract<EntryType, 'deadline.reminded' | 'deadline.missed'>;
}

/** What is to be said of a deadline, as it is kept. */
export const sayingOf = (open: OpenDeadline, word: TimelyWord, type: Saying['type']): Saying => ({
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
 * Says what has not been said before: each with its entry on the trail, which has the moment at which it fell due
 * beside the one at which it was said. The messages are gathered afterwards (digests.ts).
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
    await traceItself(trx, { type, subject: subjectOf(saying), decision, settings: settings.revision }, at);
    return 1;
  });
};

const reminderIn = ({ to: _to, type: _type, ...reminder }: Saying): Reminder => reminder;

/** Looks at every deadline that runs, and says of each what `words` finds. */
export const sayOfDeadlines = async (
  job: Job,
  type: Saying['type'],
  words: (open: OpenDeadline, now: Date) => readonly TimelyWord[],
): Promise<number> => {
  const now = job.now();
  const open = await openDeadlines(job.db, job.settings, now);
  return say(
    job,
    open.flatMap((each) => words(each, now).map((word) => sayingOf(each, word, type))),
  );
};
