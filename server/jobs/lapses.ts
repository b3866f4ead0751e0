import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { endGrant } from '../../db/grant/grant-ends.js';
import { lockOpenRecord } from '../../db/grant/grants.js';
import { lapsing } from '../../db/grant/lapsing.js';
import { access, longestGrantMonths } from '../../policies/grant/access.js';
import { defeatLapsesAfterDays } from '../../policies/register/defeat.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Grant, Lapse } from '../../policies/grant/grant.js';
import { endNotice, visitsOff } from '../grant/follows/grant-end.js';
import { notifyItself, recordItself } from './by-itself.js';
import type { Job, Work } from './job.js';
import { oneByOne } from './worker/one-by-one.js';

const batch = 100;

/**
 * Stores the end of each grant that has lapsed, as of when its limit was over and not of when this was
 * found: until then, and after, access is worked out from the facts (policies/grant/access.ts), so that nothing
 * hangs on when this runs. Once for each grant, on however many nodes it runs.
 * @returns how many were stored
 */
export const settleLapses: Work = (job) =>
  oneByOne(job, candidates(job), { name: (id) => id, act: (id) => settle(job.db, id, job.now()) });

/** Grants that may have lapsed, as many at a time as are read in one go. */
async function* candidates({ db, now }: Job): AsyncGenerator<string> {
  for (let after: string | null = null; ;) {
    const ids: string[] = await lapsing(db, {
      today: londonDate(now()),
      longestMonths: longestGrantMonths,
      defeatDays: defeatLapsesAfterDays,
      after,
      limit: batch,
    });
    yield* ids;
    after = ids.at(-1) ?? null;
    if (ids.length < batch) return;
  }
}

/** One grant, under its lock. @returns 0 where it has not lapsed */
const settle = (db: Knex, id: string, at: Date): Promise<number> =>
  inTransaction(db, async (trx) => {
    const record = await lockOpenRecord(trx, id);
    if (!record) return 0;
    const grant = grantAt(record, at);
    const { lapse } = grant;
    if (lapse === null || access(grant, at).status !== 'lapsed') return 0;
    const visits = await endGrant(trx, id, {
      at: lapse.at,
      because: 'lapsed',
      reasons: null,
      cause: null,
      told: null,
      by: null,
    });
    await recordLapse(trx, grant, { lapse, visits, at });
    return 1;
  });

const recordLapse = async (
  trx: Knex.Transaction,
  grant: Grant,
  { lapse, visits, at }: { readonly lapse: Lapse; readonly visits: readonly string[]; readonly at: Date },
): Promise<void> => {
  await recordItself(
    trx,
    {
      type: 'grant.lapsed',
      subject: grant.reference,
      decision: { limit: lapse.limit, since: lapse.at.toISOString(), visits: visits.length },
    },
    at,
  );
  await notifyItself(trx, `lapse:${grant.id}`, endNotice(grant), at);
  for (const notice of visitsOff(grant, visits)) {
    await notifyItself(trx, `lapse:${grant.id}:${notice.visitId}`, notice, at);
  }
};
