import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { inTransaction } from '../../../db/core/connection.js';
import { settleLast } from '../../../db/core/closing.js';
import { type Claim, claimOnce, type Replay, settleSql } from '../../../db/core/idempotency.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const now = new Date('2026-03-02T09:00:00.000Z');
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const aClaim = (over: Partial<Claim> = {}): Claim => ({
  person: randomUUID(),
  method: 'POST',
  path: '/api/requests',
  key: randomUUID(),
  bodyMac: randomBytes(32),
  ...over,
});

/** A whole use case: claim, do, settle. Says whether the work was done or replayed. */
const call = (claim: Claim, at = now, reference = 'OBS-2026-0001'): Promise<Replay | 'done'> =>
  inTransaction(world.db, async (trx) => {
    const { replay } = await claimOnce(trx, claim, at);
    if (replay !== null) return replay;
    settleLast(trx, claim, 201, reference);
    return 'done';
  });

/** Resolves once the session waits for a lock. */
const waits = async (pid: number): Promise<void> => {
  for (;;) {
    const { rows } = await world.owner.raw('select 1 from pg_locks where pid = ? and not granted', [pid]);
    if (rows.length > 0) return;
  }
};
const pidOf = async (trx: Knex): Promise<number> =>
  (await trx.raw('select pg_backend_pid() as pid')).rows[0].pid;

describe('an idempotency key', () => {
  test('lets the first call do its work and gives the second how that ended', async () => {
    const claim = aClaim();
    expect(await call(claim)).toBe('done');
    expect(await call(claim, hoursLater(23.9), 'never used')).toEqual({
      status: 201,
      reference: 'OBS-2026-0001',
    });
  });

  test('is refused for another body, naming the header', async () => {
    const claim = aClaim();
    await call(claim);
    const other = call({ ...claim, bodyMac: randomBytes(32) });
    await expect(other).rejects.toBeInstanceOf(Invalid);
    await expect(other).rejects.toMatchObject({ errors: [{ field: 'Idempotency-Key' }] });
  });

  test('belongs to one person, method and path', async () => {
    const claim = aClaim();
    await call(claim);
    expect(await call({ ...claim, person: randomUUID() })).toBe('done');
    expect(await call({ ...claim, method: 'PUT' })).toBe('done');
    expect(await call({ ...claim, path: '/api/grants' })).toBe('done');
  });

  test('counts as a new call after 24 hours, with any body', async () => {
    const claim = aClaim();
    await call(claim);
    const later = { ...claim, bodyMac: randomBytes(32) };
    expect(await call(later, hoursLater(24), 'OBS-2026-0002')).toBe('done');
    expect(await call(later, hoursLater(25))).toEqual({ status: 201, reference: 'OBS-2026-0002' });
  });

  test('is free again when the work is undone', async () => {
    const claim = aClaim();
    const failed = inTransaction(world.db, async (trx) => {
      await claimOnce(trx, claim, now);
      throw new Error('the work failed');
    });
    await expect(failed).rejects.toThrow('the work failed');
    expect(await call(claim)).toBe('done');
  });

  test.each([
    ['replays it once that has committed', true],
    ['does the work itself once that was undone', false],
  ])('makes a rival wait for the call under way; the rival %s', async (_what, commits) => {
    const claim = aClaim();
    const first = await world.db.transaction();
    expect(await claimOnce(first, claim, now)).toEqual({ replay: null });
    const { sql, bindings } = settleSql(claim, 201, 'OBS-2026-0003');
    await first.raw(sql, [...bindings]);
    const rival = await world.db.transaction();
    const pid = await pidOf(rival);
    const answer = claimOnce(rival, claim, now);
    await waits(pid);
    await (commits ? first.commit() : first.rollback());
    expect(await answer).toEqual({ replay: commits ? { status: 201, reference: 'OBS-2026-0003' } : null });
    await rival.rollback();
  });

  test('cannot be settled by a call that did not claim it', async () => {
    const attempt = inTransaction(world.db, async (trx) => settleLast(trx, aClaim(), 201, null));
    await expect(attempt).rejects.toThrow('without a claim');
  });
});
