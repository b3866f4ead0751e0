import type { Knex } from 'knex';
import { jobBegan, jobEnded, jobFailed } from '../../../db/operations/job-runs.js';
import { createSettingsReader } from '../../../db/settings/settings.js';
import type { JobName } from '../../../policies/operations/jobs.js';
import type { JobLog } from '../job.js';
import { kindOf } from './kind-of.js';
import { schedule } from '../schedule.js';

export interface JobDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: JobLog;
  /** Told when a job has done something: there may be mail to send. */
  readonly onDone?: () => void;
}

/**
 * Runs jobs, and stores how each went.
 * @returns a function that runs one, and resolves with how much it did
 * @throws the job's own error, after storing it
 */
export const jobRunner = ({ db, now, log, onDone }: JobDeps) => {
  const settingsNow = createSettingsReader();
  return async (name: JobName, signal?: AbortSignal): Promise<number> => {
    await jobBegan(db, name, now());
    try {
      const settings = await settingsNow(db);
      const done = await schedule[name]({ db, now, log, settings, signal });
      await jobEnded(db, name, { at: now(), done });
      if (done > 0) {
        log.info({ job: name, done }, 'a job has done something');
        onDone?.();
      }
      return done;
    } catch (error) {
      const fault = kindOf(error);
      log.error({ job: name, because: fault }, 'a job failed');
      await jobFailed(db, name, { at: now(), fault });
      // The job may have done part of its work before it failed.
      onDone?.();
      throw error;
    }
  };
};
