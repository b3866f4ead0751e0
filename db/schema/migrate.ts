import type { Knex } from 'knex';
import pg from 'pg';
import { z } from 'zod';
import { createDb } from '../core/connection.js';
import { dropQueue, migrateQueue } from './job-queue.js';
import { migrationSource } from '../migrations/index.js';

/** Any constant will do, as long as it is always this one. */
const lockKey = 6_853_301;

/** How knex tells of a run: its number and the names of the migrations. */
const outcome = z.tuple([z.int(), z.array(z.string())]);

const settings: Knex.MigratorConfig = { migrationSource, tableName: 'knex_migrations' };

/**
 * Brings the schema up to the newest migration. Safe to run from several processes at once: one works,
 * the others wait and then find nothing to do.
 *
 * @param ownerUrl the login that owns the database (see roles.ts); the service's own may not do this
 * @returns the names of the migrations that were applied
 */
export const migrateLatest = (ownerUrl: string): Promise<string[]> =>
  alone(ownerUrl, async (db) => {
    const applied = outcome.parse(await db.migrate.latest(settings))[1];
    await migrateQueue(db, ownerUrl);
    return applied;
  });

/** Takes every migration back, newest first, and returns their names. Everything stored is lost. */
export const rollbackAll = (ownerUrl: string): Promise<string[]> =>
  alone(ownerUrl, async (db) => {
    await dropQueue(db);
    return outcome.parse(await db.migrate.rollback(settings, true))[1];
  });

/**
 * Holds an advisory lock on its own connection while `work` runs. The server frees this lock when the process dies.
 * It does not free knex's lock, a row in a table: with our lock held nobody else can be migrating, so such a row is
 * stale, and we remove it.
 */
const alone = async <T>(ownerUrl: string, work: (db: Knex) => Promise<T>): Promise<T> => {
  const guard = new pg.Client({ connectionString: ownerUrl, application_name: 'need-to-know migrate' });
  await guard.connect();
  // An index over a large table may take longer than a page is given.
  const db = createDb(ownerUrl, { max: 2, statementTimeout: 0 });
  try {
    await guard.query('select pg_advisory_lock($1)', [lockKey]);
    await db.migrate.forceFreeMigrationsLock(settings);
    return await work(db);
  } finally {
    await db.destroy();
    await guard.end();
  }
};
