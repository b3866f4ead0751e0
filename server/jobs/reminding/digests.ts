import type { Knex } from 'knex';
import { inTransaction } from '../../../db/core/connection.js';
import { enqueue } from '../../../db/outbox/outbox.js';
import { gathered, lockWaiting, peopleWaiting, type Waiting } from '../../../db/deadline/reminders.js';
import { remindersReference } from '../../../policies/core/notices.js';
import { isReminder, type Step } from '../../../policies/deadline/reminding.js';
import { recordItself } from '../by-itself.js';
import type { Work } from '../job.js';
import { oneByOne } from '../worker/one-by-one.js';

/** One message with its reminders; not sent to a person who wishes to get no reminders. */
interface Letter {
  readonly lines: readonly Waiting[];
  readonly isSent: boolean;
}

/** A person always hears of a missed deadline. For the rest, their own wish counts. */
const lettersFor = (lines: readonly Waiting[]): Letter[] => {
  switch (lines[0]?.wish) {
    case 'each':
      return lines.map((line) => ({ lines: [line], isSent: true }));
    case 'none': {
      const [reminders, missed] = [true, false].map((is) =>
        lines.filter(({ step }) => isReminder(step as Step) === is),
      );
      return [
        { lines: missed ?? [], isSent: true },
        { lines: reminders ?? [], isSent: false },
      ].filter((letter) => letter.lines.length > 0);
    }
    default:
      return [{ lines, isSent: true }];
  }
};

/** Gathers a person's reminders into one message. @returns how many messages were written */
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

/** A message about one request carries its reference; a message about several carries none. */
const referenceOf = (lines: readonly Waiting[]): string =>
  lines.length === 1 ? (lines[0]?.reference ?? remindersReference) : remindersReference;

export const gatherDigests: Work = async (job) =>
  oneByOne(job, await peopleWaiting(job.db), {
    name: (personId) => personId,
    act: (personId) => gatherFor(job.db, personId, job.now()),
  });
