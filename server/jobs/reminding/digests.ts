import type { Knex } from 'knex';
import { inTransaction } from '../../../db/core/connection.js';
import { enqueue } from '../../../db/outbox/outbox.js';
import { gathered, lockWaiting, peopleWaiting, type Waiting } from '../../../db/deadline/reminders.js';
import { remindersReference } from '../../../policies/core/notices.js';
import { isReminder, type Step } from '../../../policies/deadline/reminding.js';
import { recordItself } from '../by-itself.js';
import type { Work } from '../job.js';
import { oneByOne } from '../worker/one-by-one.js';

/** One message each: the reminders of it, or none where the person wishes to hear of none. */
interface Letter {
  readonly lines: readonly Waiting[];
  readonly isSent: boolean;
}

/** What was missed is always told. The rest is told as the person wishes it. */
const lettersFor = (lines: readonly Waiting[]): Letter[] => {
  switch (lines[0]?.wish) {
    case 'each':
      return lines.map((line) => ({ lines: [line], isSent: true }));
    case 'none': {
      const [untold, told] = [true, false].map((is) =>
        lines.filter(({ step }) => isReminder(step as Step) === is),
      );
      return [
        { lines: told ?? [], isSent: true },
        { lines: untold ?? [], isSent: false },
      ].filter((letter) => letter.lines.length > 0);
    }
    default:
      return [{ lines, isSent: true }];
  }
};

/** A person's reminders become one message, and not as many as there are. @returns how many were written */
const gatherFor = (db: Knex, personId: string, at: Date): Promise<number> =>
  inTransaction(db, async (trx) => {
    const waiting = await lockWaiting(trx, personId);
    if (waiting.length === 0) return 0;
    let written = 0;
    for (const { lines, isSent } of lettersFor(waiting)) {
      const reminderIds = lines.map(({ reminderId }) => reminderId);
      const messageKey = isSent ? `digest:${reminderIds[0]}:${personId}` : null;
      if (messageKey !== null) {
        const reference = referenceOf(lines);
        await enqueue(trx, { key: messageKey, toPerson: personId, kind: 'digest', reference }, at);
        written += 1;
      }
      await gathered(trx, { personId, reminderIds, messageKey, at });
    }
    const decision = { reminders: waiting.length, messages: written };
    await recordItself(trx, { type: 'reminders.gathered', subject: remindersReference, decision }, at);
    return written;
  });

/** A message about one request bears its reference, as any other; one about several bears none. */
const referenceOf = (lines: readonly Waiting[]): string =>
  lines.length === 1 ? (lines[0]?.reference ?? remindersReference) : remindersReference;

export const gatherDigests: Work = async (job) =>
  oneByOne(job, await peopleWaiting(job.db), {
    name: (personId) => personId,
    act: (personId) => gatherFor(job.db, personId, job.now()),
  });
