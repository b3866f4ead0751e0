import type { Knex } from 'knex';

/** How a job has fared, whichever node it ran on. */
export interface JobRun {
  readonly job: string;
  readonly startedAt: Date;
  /** When it last came to its end; null where it never has. */
  readonly finishedAt: Date | null;
  /** How much it did then. */
  readonly done: number | null;
  readonly failedAt: Date | null;
  /** The kind of its last fault, never its words. */
  readonly fault: string | null;
  /** How often it has failed since it last came to its end. */
  readonly failures: number;
}

/** Notes that a job has begun. */
export const jobBegan = async (db: Knex, job: string, at: Date): Promise<void> => {
  await db('runtime.job_runs').insert({ job, started_at: at }).onConflict('job').merge(['started_at']);
};

/** Notes that it came to its end, and how much it did. */
export const jobEnded = async (
  db: Knex,
  job: string,
  given: { readonly at: Date; readonly done: number },
): Promise<void> => {
  await db('runtime.job_runs')
    .where({ job })
    .update({ finished_at: given.at, done: given.done, failures: 0 });
};

/** Notes that it failed. */
export const jobFailed = async (
  db: Knex,
  job: string,
  given: { readonly at: Date; readonly fault: string },
): Promise<void> => {
  await db('runtime.job_runs')
    .where({ job })
    .update({ failed_at: given.at, fault: given.fault, failures: db.raw('failures + 1') });
};

/** How every job that ever ran has fared: rows of `JobRun`. */
export const jobRuns = (db: Knex): Knex.QueryBuilder =>
  db('runtime.job_runs')
    .orderBy('job')
    .select(
      'job',
      'started_at as startedAt',
      'finished_at as finishedAt',
      'done',
      'failed_at as failedAt',
      'fault',
      'failures',
    );
