import { Logger, runMigrations } from 'graphile-worker';
import type { Knex } from 'knex';
import pg from 'pg';
import { z } from 'zod';
import { sessionOptions } from '../core/connection.js';
import { SERVICE_ROLE } from './roles.js';
import { rowsOf } from '../core/rows/rows-of.js';

/** The schema of graphile-worker: who runs which job next. A working state like sessions, so not governed. */
export const queueSchema = 'graphile_worker';

/** graphile-worker's own log lines quote payloads, so they are dropped: the caller reports instead. */
const silent = new Logger(() => () => {});

/**
 * Brings the queue's own tables up to the version of the library, as the owner, and lets the service use them.
 * Its tables have row security without a policy, which shuts everybody out but their owner. Safe to repeat.
 */
export const migrateQueue = async (owner: Knex, ownerUrl: string): Promise<void> => {
  await runMigrations({ connectionString: ownerUrl, schema: queueSchema, logger: silent });
  await owner.raw('revoke all on schema ?? from public', [queueSchema]);
  await owner.raw('grant usage on schema ?? to ??', [queueSchema, SERVICE_ROLE]);
  await owner.raw('grant select, insert, update, delete on all tables in schema ?? to ??', [
    queueSchema,
    SERVICE_ROLE,
  ]);
  await owner.raw('revoke insert, update, delete on ??.migrations from ??', [queueSchema, SERVICE_ROLE]);
  await owner.raw('grant usage on all sequences in schema ?? to ??', [queueSchema, SERVICE_ROLE]);
  const rows = await rowsOf(
    z.strictObject({ name: z.string() }),
    owner.raw(
      `select c.relname as name from pg_class c
       where c.relnamespace = to_regnamespace(?) and c.relrowsecurity
         and not exists (select from pg_policy p where p.polrelid = c.oid)`,
      [queueSchema],
    ),
  );
  for (const { name } of rows) {
    await owner.raw('create policy used_by_service on ??.?? for all to ?? using (true) with check (true)', [
      queueSchema,
      name,
      SERVICE_ROLE,
    ]);
  }
};

/** Removes the queue, with everything waiting in it. */
export const dropQueue = async (owner: Knex): Promise<void> => {
  await owner.raw('drop schema if exists ?? cascade', [queueSchema]);
};

/**
 * Connections for the process that runs the jobs, in graphile-worker's form: one listens, and the others fetch. An
 * error on an idle connection needs no log line: the next one is opened when it is needed.
 */
export const queuePool = (url: string, { role }: { readonly role?: string } = {}): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    options: sessionOptions({ role }),
    application_name: 'need-to-know jobs',
    max: 3,
  });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
};
