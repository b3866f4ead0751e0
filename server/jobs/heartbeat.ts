import { entryOfType } from '../../db/audit/entry-of-type.js';
import { awaitTurn } from '../../db/audit/tree/turns.js';
import { inTransaction } from '../../db/core/connection.js';
import { londonDate, startOfLondonDay } from '../../policies/core/time/london.js';
import { trailReference } from '../../policies/core/notices.js';
import { recordItself } from './by-itself.js';
import type { Work } from './job.js';

/**
 * Adds one entry for each day in London, on any number of nodes, so that a trail which stands still must have been
 * stopped (audit.md). A day on which the service was down has none, and must not get one later.
 */
export const heartbeat: Work = async ({ db, now }) => {
  const at = now();
  const begin = startOfLondonDay(londonDate(at));
  if (await entryOfType(db, 'audit.heartbeat', begin)) return 0;
  return inTransaction(db, async (trx) => {
    await awaitTurn(trx, 'audit.heartbeat');
    if (await entryOfType(trx, 'audit.heartbeat', begin)) return 0;
    await recordItself(trx, { type: 'audit.heartbeat', subject: trailReference }, at);
    return 1;
  });
};
