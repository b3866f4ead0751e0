import type { Knex } from 'knex';
import type { Settings } from '../../policies/settings/settings.js';

/** The part of a logger that a job needs; pino's fits. */
export interface JobLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a job gets. It finds by itself what is due by now, and does each thing once. */
export interface Job {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: JobLog;
  /** The council's settings. */
  readonly settings: Settings;
  /** Between two things to do the job ends when this is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** @returns how many things it did; 0 where nothing had fallen due */
export type Work = (job: Job) => Promise<number>;
