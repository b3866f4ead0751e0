/**
 * The PostgreSQL of one test run, in a process of its own: started by `broker.mjs` when the first test
 * asks for a database, it prints where it is as one line of JSON, and ends when its standard input does.
 * So it goes with the run, however the run ends.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { isHeld } from '../../db/embedded/lock.js';
import { startEmbedded, stopAbandoned } from '../../db/embedded/embedded.js';
import { migrateLatest } from '../../db/schema/migrate.js';
import { AUDIT_ROLE, ensureRoles, SERVICE_ROLE } from '../../db/schema/roles.js';
import type { ClusterUrls } from './database.js';
import { placeForClusters } from './place.js';

interface Cluster {
  readonly urls: ClusterUrls;
  stop(): Promise<void>;
}

const PREFIX = 'ntk-test-';
/** Those of `embedded.test.ts`, which stand without a lock for a while. */
const WITHOUT_LOCK = 'ntk-embedded-';

async function ownCluster(): Promise<Cluster> {
  for (const folder of new Set(['/dev/shm', tmpdir()])) await sweep(folder);
  const dataDir = mkdtempSync(path.join(placeForClusters(), PREFIX));
  try {
    const server = await startEmbedded({ dataDir, fast: true });
    // By its socket: over the loopback address, sending queries takes a third of a test's time.
    const at = (given: string) => {
      const url = new URL(given);
      if (server.socketFolder) url.searchParams.set('host', server.socketFolder);
      return url.href;
    };
    return {
      urls: {
        superuserUrl: at(server.superuserUrl),
        ownerUrl: at(server.ownerUrl),
        serviceUrl: at(server.serviceUrl),
        template: 'ntk_template',
        prefix: 'ntk_t',
      },
      async stop() {
        await server.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** What runs that were killed left behind. A folder without a lock may be one that is just being made. */
async function sweep(folder: string): Promise<void> {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.startsWith(PREFIX) || name.startsWith(WITHOUT_LOCK));
  } catch {
    return;
  }
  for (const name of names) {
    const left = path.join(folder, name);
    try {
      const young = name.startsWith(PREFIX) ? 60_000 : 60 * 60_000;
      if ((await isHeld(left)) || Date.now() - statSync(left).mtimeMs < young) continue;
      await stopAbandoned(left);
      rmSync(left, { recursive: true, force: true });
    } catch {
      // Another user's, or gone already.
    }
  }
}

/** Logins and databases of this run alone, on a server that is given: all are dropped afterwards. */
async function givenCluster(given: string): Promise<Cluster> {
  const admin = new pg.Client({ connectionString: given });
  await admin.connect();
  const run = randomBytes(4).toString('hex');
  const prefix = `ntk_t_${run}`;
  const logins = { owner: `ntk_owner_${run}`, service: `ntk_app_${run}` };
  const password = randomBytes(18).toString('base64url');
  const { rows } = await admin.query<{ newer: boolean }>(
    `select current_setting('server_version_num')::int >= 160000 as newer`,
  );
  await ensureRoles(admin, logins.service).catch(() => {});
  for (const login of Object.values(logins))
    await admin.query(`create role ${login} login password '${password}'`);
  await ensureRoles(admin, logins.service);
  await admin.query(`grant ${AUDIT_ROLE} to ${logins.owner}`);
  await admin.query(`grant ${SERVICE_ROLE} to ${logins.owner}`);
  // To give a database to the owner, the one who gives has to be a member.
  await admin.query(`grant ${logins.owner} to current_user${rows[0]?.newer ? ' with set true' : ''}`);
  const as = (login: string) => {
    const url = new URL(given);
    url.username = login;
    url.password = password;
    return url.href;
  };
  return {
    urls: {
      superuserUrl: given,
      ownerUrl: as(logins.owner),
      serviceUrl: as(logins.service),
      template: `${prefix}_template`,
      prefix,
    },
    async stop() {
      const left = await admin.query<{ datname: string }>(
        `select datname from pg_database where starts_with(datname, '${prefix}')`,
      );
      for (const { datname } of left.rows)
        await admin.query(`drop database if exists "${datname}" with (force)`);
      for (const login of Object.values(logins)) await admin.query(`drop role if exists ${login}`);
      await admin.end();
    },
  };
}

/** Every test file's database is a copy of this one: the migrations run once. */
async function makeTemplate({ urls }: Cluster): Promise<void> {
  const admin = new pg.Client({ connectionString: urls.superuserUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${urls.template} owner ${new URL(urls.ownerUrl).username}`);
  } finally {
    await admin.end();
  }
  const url = new URL(urls.ownerUrl);
  url.pathname = `/${urls.template}`;
  await migrateLatest(url.href);
}

async function main(): Promise<void> {
  const ended = new Promise((resolve) => process.stdin.once('end', resolve).once('close', resolve).resume());
  const given = process.env['TEST_DATABASE_URL'];
  const cluster = given ? await givenCluster(given) : await ownCluster();
  try {
    await makeTemplate(cluster);
    process.stdout.write(`${JSON.stringify(cluster.urls)}\n`);
    await ended;
  } finally {
    await cluster.stop();
  }
  process.exit(0);
}

// The end of the run ends this process through its input: clean up everything it started first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.stdin.destroy());
process.stdout.on('error', () => {});

await main();
