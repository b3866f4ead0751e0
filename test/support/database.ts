import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from '@jest/globals';
import type { Knex } from 'knex';
import pg from 'pg';
import { createDb } from '../../db/core/connection.js';

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

/** A database that others begin as copies of: filled once a run, by the first test file that asks for it. */
export interface Filled {
  /** A plain name, one for each content. */
  readonly name: string;
  /** As the service's login, into a migrated database. */
  readonly fill: (db: Knex) => Promise<void>;
}

/**
 * A fresh, migrated database, with only the rows of the migrations, or with those of `filled`.
 * Give it back with `close`.
 */
export async function testDatabase(filled?: Filled): Promise<TestDatabase> {
  const cluster = await askBroker();
  return copyOf(cluster, filled ? await filledTemplate(cluster, filled) : cluster.template);
}

const freshName = ({ prefix }: ClusterUrls): string =>
  `${prefix}_${process.pid}_${randomBytes(4).toString('hex')}`;

const createCopy = async (cluster: ClusterUrls, name: string, template: string): Promise<void> => {
  const owner = new URL(cluster.ownerUrl).username;
  await administer(
    cluster,
    `create database "${name}" owner "${owner}" template "${template}" strategy file_copy`,
  );
};

const urlIn = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href;

/** Filled under another name and then renamed, so that nobody ever copies half of it; the others wait. */
const filledTemplate = (cluster: ClusterUrls, { name, fill }: Filled): Promise<string> =>
  administering(cluster, async (admin) => {
    const template = `${cluster.prefix}_with_${name}`;
    await admin.query(`select pg_advisory_lock(hashtext($1))`, [template]);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rowCount !== 0) return template;
    const unfinished = freshName(cluster);
    await createCopy(cluster, unfinished, cluster.template);
    const pool = createDb(urlIn(cluster.serviceUrl, unfinished));
    try {
      await fill(pool);
    } finally {
      await pool.destroy();
    }
    await admin.query(`alter database "${unfinished}" rename to "${template}"`);
    return template;
  });

async function copyOf(cluster: ClusterUrls, template: string): Promise<TestDatabase> {
  const name = freshName(cluster);
  await createCopy(cluster, name, template);
  const at = (url: string) => urlIn(url, name);
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
 *
 * @param filled what the database begins with; asked once the file has been read
 */
export function useDatabase(filled?: () => Filled | undefined): World {
  let opened: TestDatabase | undefined;
  let pools: { db?: Knex; owner?: Knex } = {};
  beforeAll(async () => {
    opened = await testDatabase(filled?.());
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

async function administering<T>(cluster: ClusterUrls, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: cluster.superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const administer = (cluster: ClusterUrls, statement: string): Promise<void> =>
  administering(cluster, async (admin) => {
    await admin.query(statement);
  });
