/**
 * The jobs in a process of their own, to be killed: one after the other, as the service runs them.
 * Arguments: the database, and the moment that it is.
 */
import { pino } from 'pino';
import { createDb } from '../../db/core/connection.js';
import { jobRunner } from '../../server/jobs/worker/run-job.js';
import { jobNames } from '../../policies/operations/jobs.js';

const [, , databaseUrl = '', at = ''] = process.argv;
const run = jobRunner({
  db: createDb(databaseUrl, { max: 2 }),
  now: () => new Date(at),
  log: pino({ level: 'silent' }),
});
for (const name of jobNames) await run(name);
process.stdout.write('done\n');
process.exit(0);
