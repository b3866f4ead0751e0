import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { londonDate } from '../../policies/core/time/london.js';
import { closedByTime, overtaken } from '../../policies/request/notices.js';
import { timePassed } from '../../policies/deadline/time-passed.js';
import { notifyItself, recordItself } from './by-itself.js';
import type { Job, Work } from './job.js';
import { oneByOne } from './worker/one-by-one.js';

/**
 * Closes a request whose window was over before anybody decided it, as of the moment it was over (need-to-know.md,
 * section 4). No ground: nobody refused it, and the councillor may ask again.
 */
export const closeOvertaken: Work = async (job) =>
  oneByOne(job, await requests.undecidedPast(job.db, londonDate(job.now())), {
    name: (reference) => reference,
    act: (reference) => close(job, reference),
  });

/** One request, under its lock. @returns 0 where its time is not over */
const close = ({ db, now, settings }: Job, reference: string): Promise<number> =>
  inTransaction(db, async (trx) => {
    const at = now();
    const row = await requests.lockAt(trx, reference, ['submitted', 'returned']);
    const passed = row && timePassed(settings, row, at);
    if (!row || passed === null) return 0;
    const { since, last, due, late } = passed;
    await requests.save(trx, row.id, { status: 'time_passed', timePassedAt: since, dueOn: null });
    const entry = await recordItself(
      trx,
      {
        type: 'request.time_passed',
        subject: reference,
        settings: settings.revision,
        decision: { version: row.version, last, due, late, since: since.toISOString() },
      },
      at,
    );
    await notifyItself(trx, `${entry}:overtaken`, overtaken(reference, row.councillorId), at);
    await notifyItself(trx, `${entry}:closed`, closedByTime(reference, row.hostId), at);
    return 1;
  });
