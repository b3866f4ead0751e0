/** The jobs as the service runs them: by graphile-worker, on as many nodes as there are. */
import { afterEach, expect, test } from '@jest/globals';
import type pg from 'pg';
import { pino } from 'pino';
import { queuePool } from '../../../db/schema/job-queue.js';
import { jobNames } from '../../../policies/operations/jobs.js';
import { startWorker, type Worker } from '../../../server/jobs/worker/worker.js';
import { useCouncil } from '../../support/council.js';

const council = useCouncil();
const log = pino({ level: 'silent' });

const nodes: { readonly worker: Worker; readonly pool: pg.Pool }[] = [];
const node = (): void => {
  const { db, serviceUrl } = council.world;
  const pool = queuePool(serviceUrl);
  nodes.push({ pool, worker: startWorker(pool, { db, now: () => council.clock, log }) });
};
const stopped = async (): Promise<void> => {
  for (const { worker, pool } of nodes.splice(0)) {
    await worker.stop();
    await pool.end();
  }
};
afterEach(stopped);

const ended = async (): Promise<string[]> =>
  council.world.db('runtime.job_runs').whereNotNull('finished_at').orderBy('job').pluck('job');
/** Resolves when it comes true; asks again with each turn of the database. */
const comesTrue = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo()));
};
const locked = async (): Promise<number> => {
  const { rows } = await council.world.db.raw<{ rows: { n: number }[] }>(
    'select count(*)::int as n from graphile_worker._private_jobs where locked_at is not null',
  );
  return rows[0]?.n ?? 0;
};

test('two nodes begin with every job, do each thing once, and leave nothing locked when they stop', async () => {
  node();
  node();
  await comesTrue(async () => (await ended()).length === jobNames.length);
  await stopped();
  expect(await ended()).toEqual([...jobNames].toSorted());
  expect(await locked()).toBe(0);
  const { rows } = await council.world.db.raw<{ rows: { n: number }[] }>(
    `select count(*)::int as n from audit.entries where type = 'audit.heartbeat'`,
  );
  expect(rows[0]?.n).toBe(1);
}, 60_000);

test('a node goes on after its connections were cut', async () => {
  const { db } = council.world;
  await db('runtime.job_runs').update({ finished_at: null });
  node();
  await comesTrue(async () => (await ended()).length === jobNames.length);
  // A job notes that it has ended a moment before the queue lets go of it: cut in between, it would wait for its next tick.
  await comesTrue(async () => (await locked()) === 0);
  await council.world.open(council.world.superuserUrl).raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name = 'need-to-know jobs'`,
  );
  await db('runtime.job_runs').update({ finished_at: null });
  await db.raw(`select graphile_worker.add_job('heartbeat', '{}')`);
  await comesTrue(async () => (await ended()).includes('heartbeat'));
  await stopped();
  expect(await locked()).toBe(0);
}, 60_000);

test('a job that nobody finished because its node was killed is not waited for: the next tick runs it', async () => {
  const { db } = council.world;
  await db.raw(`select graphile_worker.add_job('heartbeat', '{}', job_key := 'heartbeat')`);
  // As a killed node leaves it: taken, by a node that is gone.
  await db.raw(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a node that is no more', attempts = 1`,
  );
  await db('runtime.job_runs').update({ finished_at: null });
  node();
  await comesTrue(async () => (await ended()).includes('heartbeat'));
  expect(await ended()).toContain('heartbeat');
}, 60_000);
