import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from '@jest/globals';
import type { Knex } from 'knex';
import pg from 'pg';
import { createDb } from '../../db/connection.js';

export interface ClusterUrls {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  /** The migrated database that the others are copies of. */
  readonly template: string;
  /** How the databases of this run begin. */
  readonly prefix: string;
}

export interface TestDatabase {
  /** Migrates and may read everything but the trail's own tables. */
  readonly ownerUrl: string;
  /** The least rights of the service. */
  readonly serviceUrl: string;
  /** Bypasses row security. With TEST_DATABASE_URL it is that login, which need not be a superuser. */
  readonly superuserUrl: string;
  /** A knex pool, by default as the service's login; `close` destroys it. */
  open(url?: string): Knex;
  /** Destroys the pools and drops the database. */
  close(): Promise<void>;
}

/**
 * A fresh database, migrated, with no rows but those that the migrations bring. Give it back with `close`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = await askBroker();
  const name = `${cluster.prefix}_${process.pid}_${randomBytes(4).toString('hex')}`;
  const owner = new URL(cluster.ownerUrl).username;
  await administer(
    cluster,
    `create database "${name}" owner "${owner}" template "${cluster.template}" strategy file_copy`,
  );
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const pools: Knex[] = [];
  const serviceUrl = at(cluster.serviceUrl);
  return {
    ownerUrl: at(cluster.ownerUrl),
    serviceUrl,
    superuserUrl: at(cluster.superuserUrl),
    open(url = serviceUrl) {
      const pool = createDb(url);
      pools.push(pool);
      return pool;
    },
    async close() {
      await Promise.all(pools.splice(0).map((pool) => pool.destroy()));
      await administer(cluster, `drop database if exists "${name}" with (force)`);
    },
  };
}

export interface World extends Pick<TestDatabase, 'ownerUrl' | 'serviceUrl' | 'superuserUrl' | 'open'> {
  /** As the service's login. */
  readonly db: Knex;
  /** As the owner. */
  readonly owner: Knex;
}

/**
 * One database for the test file that calls it, at its top: `const world = useDatabase();`. Its
 * properties are there from the first `beforeAll` after it, and in every test.
 */
export function useDatabase(): World {
  let opened: TestDatabase | undefined;
  let pools: { db?: Knex; owner?: Knex } = {};
  beforeAll(async () => {
    opened = await testDatabase();
  }, 120_000);
  afterAll(async () => {
    await opened?.close();
    opened = undefined;
    pools = {};
  }, 30_000);
  const world = () => {
    if (!opened) throw new Error('The test database is open between beforeAll and afterAll only.');
    return opened;
  };
  return {
    get db() {
      return (pools.db ??= world().open());
    },
    get owner() {
      return (pools.owner ??= world().open(world().ownerUrl));
    },
    get ownerUrl() {
      return world().ownerUrl;
    },
    get serviceUrl() {
      return world().serviceUrl;
    },
    get superuserUrl() {
      return world().superuserUrl;
    },
    open: (url) => world().open(url),
  };
}

async function askBroker(): Promise<ClusterUrls> {
  const port = Number(process.env['TEST_BROKER_PORT']);
  if (!port) throw new Error('Run the tests with `npm test`: it brings the database.');
  const answer = JSON.parse(await text(connect(port, '127.0.0.1'))) as ClusterUrls & { error?: string };
  if (answer.error) throw new Error(answer.error);
  return answer;
}

async function administer(cluster: ClusterUrls, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.superuserUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
