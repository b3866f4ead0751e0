import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { chooseDataDir, EmbeddedFault, startEmbedded, type Embedded } from '../../../db/embedded/embedded.js';
import { isAlive, until } from '../../../db/embedded/process.js';
import { ensureRoles, MissingRoles } from '../../../db/schema/roles.js';
import { placeForClusters } from '../../support/place.js';

const source = path.resolve(import.meta.dirname, '../../../db/embedded/embedded.ts');

/** As a first start and a stop leave a data folder: to make a cluster takes longer than most of what is held here. */
let madeBefore: string;
let dataDir: string;
let running: Embedded[];

beforeAll(async () => {
  madeBefore = mkdtempSync(path.join(placeForClusters(), 'ntk-embedded-'));
  await (await startEmbedded({ dataDir: madeBefore, fast: true })).stop();
}, 60_000);

afterAll(() => rmSync(madeBefore, { recursive: true, force: true }));

beforeEach(() => {
  // As `mktemp -d` leaves it: closed to every other user.
  dataDir = mkdtempSync(path.join(placeForClusters(), 'ntk-embedded-'));
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What is started next is no first start: the cluster is a copy, with the passwords that it was made with. */
function makeBefore(): void {
  if (readdirSync(dataDir).length > 0) return;
  execFileSync('cp', ['-Rp', `${madeBefore}/.`, dataDir]);
  chmodSync(dataDir, statSync(madeBefore).mode);
}

async function start(): Promise<Embedded> {
  makeBefore();
  return startFirst();
}

async function startFirst(options: { fast?: boolean } = { fast: true }): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, ...options });
  running.push(server);
  return server;
}

async function ask(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** Starts the database from a process of its own and ends that one as `kill -9` does. */
async function startAndKillTheService(): Promise<number> {
  makeBefore();
  const script = `import(${JSON.stringify(source)}).then(async ({ startEmbedded }) => {
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, fast: true });
    console.log(String(server.pid));
    setInterval(() => {}, 1000);
  });`;
  const service = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: service.stdout }), 'line')) as [string];
  const gone = once(service, 'exit');
  service.kill('SIGKILL');
  await gone;
  return Number(line);
}

describe('the embedded database', () => {
  test('keeps its data from one start to the next', async () => {
    const first = await startFirst();
    await ask(first.ownerUrl, 'create table kept (word text)', `insert into kept values ('observe')`);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.ownerUrl, 'select word from kept')).toEqual([{ word: 'observe' }]);
  });

  test('syncs to disk, writes no values to its log, compares text by code point and is reached by password only', async () => {
    const server = await startFirst({});
    const [settings] = await ask(
      server.superuserUrl,
      `select current_setting('fsync') fsync, current_setting('log_error_verbosity') verbosity,
         current_setting('log_parameter_max_length_on_error') parameters, current_setting('log_statement') statements,
         current_setting('listen_addresses') addresses, current_setting('unix_socket_directories') sockets,
         (select datlocprovider::text || datlocale from pg_database where datname = 'need_to_know') locale`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      verbosity: 'terse',
      parameters: '0',
      statements: 'none',
      addresses: '127.0.0.1',
      sockets: path.join(dataDir, 'postgres'),
      locale: 'bC.UTF-8',
    });
    for (const url of [server.superuserUrl, server.serviceUrl]) {
      const wrong = url.replace(/:[^:@/]+@/, ':wrong@');
      await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    }
  });

  test('is asked by the service through a socket in the server’s own closed folder, also after it was killed', async () => {
    const server = await start();
    const bySocket = { by_socket: true };
    const how = 'select inet_server_addr() is null by_socket';
    expect(await ask(server.serviceUrl, how)).toEqual([bySocket]);
    expect(statSync(server.socketFolder ?? '').mode & 0o077).toBe(0);
    const { pid } = server;
    process.kill(pid, 'SIGKILL');
    expect(await until(() => server.pid !== pid, 15_000)).toBe(true);
    expect(await ask(server.serviceUrl, how)).toEqual([bySocket]);
  });

  test('is asked over the loopback address where the folder’s path is too long for a socket', async () => {
    const folder = dataDir;
    chmodSync(folder, 0o711);
    dataDir = path.join(folder, 'long'.repeat(25));
    mkdirSync(dataDir);
    try {
      const server = await start();
      expect(server.socketFolder).toBeNull();
      expect(await ask(server.serviceUrl, 'select inet_server_addr() is null by_socket')).toEqual([
        { by_socket: false },
      ]);
    } finally {
      dataDir = folder;
    }
  });

  test('gives the owner its database and the service no rights but those of its group', async () => {
    const server = await startFirst();
    const logins = await ask(
      server.superuserUrl,
      `select rolname, rolsuper, rolcreaterole, rolbypassrls, rolcanlogin from pg_roles
         where rolname like 'ntk%' order by rolname`,
    );
    expect(logins.map(({ rolname, rolcanlogin }) => [rolname, rolcanlogin])).toEqual([
      ['ntk_app', true],
      ['ntk_audit', false],
      ['ntk_owner', true],
      ['ntk_service', false],
    ]);
    for (const login of logins) {
      expect(login).toMatchObject({ rolsuper: false, rolcreaterole: false, rolbypassrls: false });
    }
    await ask(server.ownerUrl, 'create schema trail authorization ntk_audit');
    await expect(ask(server.serviceUrl, 'create schema mine')).rejects.toMatchObject({ code: '42501' });
    await expect(ask(server.serviceUrl, 'set role ntk_audit')).rejects.toMatchObject({ code: '42501' });
  });

  test('keeps its passwords to the user who runs the service', async () => {
    await startFirst();
    expect(statSync(path.join(dataDir, 'passwords.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).not.toContain('initdb.password');
  });

  test('left by a killed service, is adopted with all that was committed', async () => {
    const pid = await startAndKillTheService();
    expect(isAlive(pid)).toBe(true);

    const server = await start();
    expect(server).toMatchObject({ adopted: true, pid });
    expect(await ask(server.serviceUrl, 'select current_user as who')).toEqual([{ who: 'ntk_app' }]);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('starts again after it was killed together with its service', async () => {
    process.kill(await startAndKillTheService(), 'SIGKILL');
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('killed under a running service, comes back on the same port', async () => {
    const server = await start();
    const { pid, port } = server;
    process.kill(pid, 'SIGKILL');
    expect(await until(() => server.pid !== pid, 15_000)).toBe(true);
    expect(server.port).toBe(port);
    expect(await ask(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('starts beside a stale postmaster.pid that names another live program', async () => {
    const first = await start();
    await first.stop();
    const file = path.join(dataDir, 'postgres/postmaster.pid');
    writeFileSync(file, `${process.pid}\n${path.join(dataDir, 'postgres')}\n1\n9\n\n127.0.0.1\n\nready\n`);
    const second = await start();
    expect(second.adopted).toBe(false);
  });
});

describe('one data folder', () => {
  test('serves one live service: the second learns which process has it', async () => {
    await start();
    const refused = startEmbedded({ dataDir, fast: true });
    await expect(refused).rejects.toThrow(EmbeddedFault);
    await expect(refused).rejects.toThrow(`in use by process ${process.pid}`);
  });

  test('is free again after a stop, and after a failed start', async () => {
    const server = await start();
    await server.stop();
    await server.stop();
    rmSync(path.join(dataDir, 'passwords.json'));
    await expect(startEmbedded({ dataDir })).rejects.toThrow('passwords.json is gone');
    expect(readdirSync(dataDir)).not.toContain('service.lock');
  });

  test('is not kept locked by a process that was given the number of a dead service', async () => {
    const first = await start();
    await first.stop();
    const stale = { pid: process.pid, host: hostname(), started: 'another boot:1' };
    writeFileSync(path.join(dataDir, 'service.lock'), JSON.stringify(stale));
    const second = await start();
    expect(await ask(second.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('that the database cannot reach is a clear fault when it was given', () => {
    if (process.getuid?.() !== 0) return;
    const inside = path.join(dataDir, 'closed', 'data');
    mkdirSync(path.dirname(inside), { mode: 0o700 });
    expect(() => chooseDataDir(inside)).toThrow(EmbeddedFault);
    expect(() => chooseDataDir(inside)).toThrow('cannot reach DATA_DIR');
  });
});

describe('the roles of a cluster', () => {
  const roles = `select rolname from pg_roles where rolname in ('ntk_service', 'ntk_audit') order by 1`;

  test('are made once, however often and however many at once ask', async () => {
    const { superuserUrl } = await start();
    await ask(
      superuserUrl,
      'drop role ntk_service',
      'drop role ntk_audit',
      `create role maker login createrole password 'made-for-this-test'`,
      'create role app login',
      'grant app to maker with admin option',
    );
    const url = new URL(superuserUrl);
    url.username = 'maker';
    url.password = 'made-for-this-test';
    const pool = new pg.Pool({ connectionString: url.href, max: 4 });
    try {
      await Promise.all([1, 2, 3, 4].map(() => ensureRoles(pool, 'app')));
      await ensureRoles(pool, 'app');
      const { rows } = await pool.query<{ audit: boolean; service: boolean }>(
        `select pg_has_role('maker', 'ntk_audit', 'SET') as audit, pg_has_role('app', 'ntk_service', 'USAGE') as service`,
      );
      expect(rows).toEqual([{ audit: true, service: true }]);
    } finally {
      await pool.end();
    }
    expect(await ask(superuserUrl, roles)).toEqual([{ rolname: 'ntk_audit' }, { rolname: 'ntk_service' }]);
  });

  test('that the owner may not make are named with the statements for an administrator', async () => {
    const { superuserUrl, ownerUrl } = await start();
    await ask(superuserUrl, 'drop role ntk_service', 'drop role ntk_audit');
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      const failure = await ensureRoles(client, 'ntk_app').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(MissingRoles);
      const { statements } = failure as MissingRoles;
      expect(statements).toEqual([
        'create role ntk_service nologin',
        'create role ntk_audit nologin',
        'grant ntk_audit to "ntk_owner"',
        'grant ntk_service to "ntk_app"',
      ]);
      await ask(superuserUrl, ...statements);
      await expect(ensureRoles(client, 'ntk_app')).resolves.toBeUndefined();
    } finally {
      await client.end();
    }
  });
});
