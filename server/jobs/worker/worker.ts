import { Logger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import { jobNames, jobs, type JobName } from '../../../policies/operations/jobs.js';
import { queueSchema } from '../../../db/schema/job-queue.js';
import { kindOf } from './kind-of.js';
import { jobRunner, type JobDeps } from './run-job.js';

/** Runs the jobs by the clock. Any number of nodes may do so on one database: each tick is taken by one of them. */
export interface Worker {
  /** Takes no more jobs, and waits for the one in hand, which is asked to end. */
  stop(): Promise<void>;
}

/** graphile-worker's own log lines quote payloads and errors; a job's own line says all there is to say. */
const silent = new Logger(() => () => {});

/** How long to wait before it is tried to run the jobs again: most likely the database is away. */
const PAUSE_MS = 5_000;

/**
 * One attempt for each tick: the next tick tries a failed job again. The key keeps a single job of a name in the
 * queue, however long nobody took it.
 */
const once = (name: JobName) => ({ jobKey: name, jobKeyMode: 'replace', maxAttempts: 1 }) as const;

const cron = parseCronItems(
  jobNames.map((name) => ({
    task: name,
    match: `*/${jobs[name].everyMinutes} * * * *`,
    identifier: name,
    options: once(name),
  })),
);

/** @param pool of at least two connections, one of which listens; its owner ends it */
export const startWorker = (pool: pg.Pool, deps: JobDeps): Worker => {
  const ending = new AbortController();
  const { signal } = ending;
  const runJob = jobRunner(deps);
  const taskList: TaskList = Object.fromEntries(
    jobNames.map((name) => [name, async () => void (await runJob(name, signal))]),
  );
  let runner: Runner | null = null;

  /** Until the runner ends, by itself or on request. */
  const work = async (): Promise<void> => {
    runner = await run({
      pgPool: pool,
      schema: queueSchema,
      logger: silent,
      taskList,
      parsedCronItems: cron,
      concurrency: 1,
      noHandleSignals: true,
    });
    if (signal.aborted) await runner.stop();
    // Catches up at once with everything that fell due while nothing ran, rather than with the next tick.
    for (const name of jobNames) if (!signal.aborted) await runner.addJob(name, {}, once(name));
    await runner.promise;
  };

  const keepWorking = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        deps.log.error({ because: kindOf(error) }, 'the jobs do not run');
        await runner?.stop().catch(() => {});
      }
      runner = null;
      if (!signal.aborted) await pause(PAUSE_MS, signal);
    }
  };
  const working = keepWorking();

  return {
    async stop() {
      ending.abort();
      await runner?.stop().catch(() => {});
      await working;
    },
  };
};

/** Resolves after that time, or when the signal is aborted. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
