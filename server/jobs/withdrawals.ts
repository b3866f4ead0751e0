import { inTransaction } from '../../db/core/connection.js';
import { unansweredPast } from '../../db/deadline/due-days.js';
import * as requests from '../../db/request/requests.js';
import { dueOf } from '../../policies/request/clock.js';
import { isOverdue } from '../../policies/core/time/deadlines.js';
import { addDays, londonDate, startOfLondonDay } from '../../policies/core/time/london.js';
import { unanswered, withdrawn } from '../../policies/request/notices.js';
import { notifyItself, recordItself } from './by-itself.js';
import type { Job, Work } from './job.js';
import { oneByOne } from './worker/one-by-one.js';

/**
 * Withdraws a returned request that the councillor did not answer within the working days that the council allows, as
 * of the moment its time was over (need-to-know.md, section 7). The other end by time is in
 * times-passed.ts. Neither decides anything, and the councillor may ask again.
 */
export const withdrawUnanswered: Work = async (job) =>
  oneByOne(job, await unansweredPast(job.db, londonDate(job.now())), {
    name: (reference) => reference,
    act: (reference) => withdraw(job, reference),
  });

/** One request, under its lock. @returns 0 where its time is not over */
const withdraw = ({ db, now, settings }: Job, reference: string): Promise<number> =>
  inTransaction(db, async (trx) => {
    const at = now();
    const row = await requests.lockAt(trx, reference, ['returned']);
    const due = row && dueOf(settings, row);
    // No withdrawal touches papers that are due under a right (section 3a).
    if (!row || due?.what !== 'answer_returned' || due.at === null || !isOverdue(due, at)) return 0;
    const since = startOfLondonDay(addDays(due.at, 1));
    await requests.save(trx, row.id, { status: 'withdrawn', withdrawnAt: since, dueOn: null });
    const entry = await recordItself(
      trx,
      {
        type: 'request.withdrawn',
        subject: reference,
        settings: settings.revision,
        decision: { version: row.version, because: 'unanswered', due: due.at, since: since.toISOString() },
      },
      at,
    );
    await notifyItself(trx, `${entry}:unanswered`, unanswered(reference, row.councillorId), at);
    await notifyItself(trx, `${entry}:withdrawn`, withdrawn(reference, row.hostId), at);
    return 1;
  });
