import type { Knex } from 'knex';
import { inTransaction } from '../../db/connection.js';
import { endGrant } from '../../db/grant-ends.js';
import { lockOpenRecord } from '../../db/grants.js';
import { lapsing } from '../../db/lapsing.js';
import { access, defeatLapsesAfterDays, longestGrantMonths } from '../../policies/access.js';
import { grantAt } from '../../policies/grant-record.js';
import { londonDate } from '../../policies/london.js';
import type { Grant, Lapse } from '../../policies/subjects.js';
import { endNotice, visitsOff } from '../casework/grant-end.js';
import { tellItself, traceItself } from './by-itself.js';
import type { Work } from './job.js';

const batch = 100;

/**
 * Stores the end of each grant that has lapsed, as of when its limit was over and not of when this was
 * found: until then, and after, access is worked out from the facts (policies/access.ts), so that nothing
 * hangs on when this runs. Once for each grant, on however many nodes it runs.
 * @returns how many were stored
 */
export const settleLapses: Work = async ({ db, now, log, signal }) => {
  let settled = 0;
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await lapsing(db, {
      today: londonDate(now()),
      longestMonths: longestGrantMonths,
      defeatDays: defeatLapsesAfterDays,
      after,
      limit: batch,
    });
    for (const id of ids) {
      if (signal?.aborted) return settled;
      try {
        if (await settle(db, id, now())) settled += 1;
      } catch (error) {
        // The others do not wait for one that cannot be settled; the next round tries it again.
        log.error(
          { grant: id, because: error instanceof Error ? error.name : 'unknown' },
          'a lapse was not stored',
        );
      }
    }
    after = ids.at(-1) ?? null;
    if (ids.length < batch) break;
  }
  if (settled > 0) log.info({ settled }, 'grants have lapsed');
  return settled;
};

/** One grant, under its lock, in a transaction of its own. @returns whether it has lapsed now */
const settle = (db: Knex, id: string, at: Date): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const record = await lockOpenRecord(trx, id);
    if (!record) return false;
    const grant = grantAt(record, at);
    const { lapse } = grant;
    if (lapse === null || access(grant, at).status !== 'lapsed') return false;
    const visits = await endGrant(trx, id, { at: lapse.at, because: 'lapsed', reasons: null, by: null });
    await recordLapse(trx, grant, { lapse, visits, at });
    return true;
  });

const recordLapse = async (
  trx: Knex.Transaction,
  grant: Grant,
  { lapse, visits, at }: { readonly lapse: Lapse; readonly visits: readonly string[]; readonly at: Date },
): Promise<void> => {
  await traceItself(
    trx,
    {
      type: 'grant.lapsed',
      subject: grant.reference,
      decision: { limit: lapse.limit, since: lapse.at.toISOString(), visits: visits.length },
    },
    at,
  );
  await tellItself(trx, `lapse:${grant.id}`, endNotice(grant), at);
  for (const notice of visitsOff(grant, visits)) {
    await tellItself(trx, `lapse:${grant.id}:${notice.visitId}`, notice, at);
  }
};
