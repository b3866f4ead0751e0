import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { inTransaction } from '../../db/connection.js';
import { endGrant } from '../../db/grant-ends.js';
import { lockOpenRecord } from '../../db/grants.js';
import { lapsing } from '../../db/lapsing.js';
import { enqueue } from '../../db/outbox.js';
import { recipientsOf } from '../../db/people.js';
import { access, defeatLapsesAfterDays, longestGrantMonths } from '../../policies/access.js';
import { grantAt } from '../../policies/grant-record.js';
import { londonDate } from '../../policies/london.js';
import type { Grant, Lapse } from '../../policies/subjects.js';
import { endNotice } from '../casework/grant-end.js';

/** The part of a logger that a job needs; pino's fits. */
export interface JobLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Job {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: JobLog;
  /** Between two grants the job ends when this is aborted. */
  readonly signal?: AbortSignal | undefined;
}

const batch = 100;

/**
 * Stores the end of each grant that has lapsed, as of when its limit was over and not of when this was
 * found: until then, and after, access is worked out from the facts (policies/access.ts), so that nothing
 * hangs on when this runs. Once for each grant, on however many nodes it runs.
 * @returns how many were stored
 */
export const settleLapses = async ({ db, now, log, signal }: Job): Promise<number> => {
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
  { lapse, visits, at }: { readonly lapse: Lapse; readonly visits: number; readonly at: Date },
): Promise<void> => {
  await append(trx, {
    type: 'grant.lapsed',
    at,
    actor: 'system',
    actorName: 'The service',
    office: null,
    capacity: null,
    subject: grant.reference,
    decision: { limit: lapse.limit, since: lapse.at.toISOString(), visits },
  });
  const { kind, reference, action, to } = endNotice(grant);
  const people = await recipientsOf(trx, to, londonDate(at));
  await enqueue(
    trx,
    people.map((toPerson) => ({ key: `lapse:${grant.id}:${toPerson}`, toPerson, kind, reference, action })),
    at,
  );
};
