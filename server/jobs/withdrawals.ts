import type { Knex } from 'knex';
import { inTransaction } from '../../db/connection.js';
import * as requests from '../../db/requests.js';
import { dueOf } from '../../policies/clock.js';
import { isOverdue } from '../../policies/deadlines.js';
import { addDays, startOfLondonDay } from '../../policies/london.js';
import { unanswered, withdrawn } from '../../policies/notices.js';
import type { Settings } from '../../policies/settings.js';
import { tellItself, traceItself } from './by-itself.js';
import type { Work } from './job.js';

/**
 * A request that was returned, and of which the councillor has answered nothing for twenty working days, is
 * withdrawn, as of the moment at which its time was over (need-to-know.md, section 7). The one thing that time
 * brings about by itself before a decision; nothing is decided by it, and the councillor may ask again.
 */
export const withdrawUnanswered: Work = async ({ db, now, settings, signal }) => {
  let done = 0;
  for (const reference of await requests.returnedRequests(db)) {
    if (signal?.aborted) return done;
    if (await withdraw(db, reference, { settings, at: now() })) done += 1;
  }
  return done;
};

/** One request, under its lock, in a transaction of its own. @returns whether it was withdrawn now */
const withdraw = (
  db: Knex,
  reference: string,
  { settings, at }: { readonly settings: Settings; readonly at: Date },
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const row = await requests.lockReturned(trx, reference);
    const due = row && dueOf(settings, row);
    if (!row || !due || due.at === null || !isOverdue(due, at)) return false;
    const since = startOfLondonDay(addDays(due.at, 1));
    await requests.save(trx, row.id, { status: 'withdrawn', withdrawnAt: since, dueOn: null });
    const entry = await traceItself(
      trx,
      {
        type: 'request.withdrawn',
        subject: reference,
        decision: { version: row.version, because: 'unanswered', due: due.at, since: since.toISOString() },
      },
      at,
    );
    await tellItself(trx, `${entry}:unanswered`, unanswered(reference, row.councillorId), at);
    await tellItself(trx, `${entry}:withdrawn`, withdrawn(reference, row.hostId), at);
    return true;
  });
