import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { codeOf } from '../core/code-of.js';
import { canReach, databaseAccount, isThere, type Account } from './account.js';
import { EmbeddedFault } from './fault.js';
import { takeLock } from './lock.js';
import { isAlive, processesIn, until } from './process.js';
import { findRuntime } from './runtime.js';
import { keptSecret, randomPassword } from './secrets.js';
import { preparedCluster } from '../schema/roles.js';

export { EmbeddedFault } from './fault.js';

/** The name of the service's database, and of its default folders. */
const DATABASE = 'need_to_know';
const ELSEWHERE = '/var/lib/need-to-know';
const HOST = '127.0.0.1';
const READY_WITHIN_MS = 60_000;
const LOG_LIMIT = 10 * 1024 * 1024;

/** Where the launcher reports; a pino logger will do. */
export interface EmbeddedLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface EmbeddedOptions {
  /** Holds the cluster, its passwords (0600), the server's log and the lock of the service. */
  readonly dataDir: string;
  readonly log?: EmbeddedLog;
  /** For tests: nothing is synced to disk, so a crash of the machine may lose all of it. */
  readonly fast?: boolean;
  /** The port of the loopback address; by default one that is free. */
  readonly port?: number;
}

export interface Embedded {
  /** Role `postgres` in database `postgres`. It bypasses row security: for administration only. */
  readonly superuserUrl: string;
  /** Role `ntk_owner`, the owner of database `need_to_know`: it migrates. */
  readonly ownerUrl: string;
  /**
   * Role `ntk_app`, a member of `ntk_service`: the service's least rights. By the Unix socket where there is one, as a
   * query over the loopback address costs twice as much.
   */
  readonly serviceUrl: string;
  readonly port: number;
  /**
   * The folder of its Unix socket, `?host=` in a URL: the server's own, which is closed to others. Null where the system
   * has none, the path is too long for one, or this process cannot reach it.
   */
  readonly socketFolder: string | null;
  /** The server's process (it changes when a crashed server was started again). */
  readonly pid: number;
  /** Whether the server was found running, left by a service that was killed. */
  readonly adopted: boolean;
  /** Ends the server (a fast shutdown) and gives the data folder free. Does nothing the second time. */
  stop(): Promise<void>;
}

/**
 * The data folder: the one given, else `.data`, else a folder of the system where root runs the service
 * and the database's own user cannot reach `.data`.
 *
 * @throws EmbeddedFault where one was given that the database's own user cannot reach.
 */
export function chooseDataDir(given: string | undefined): string {
  const usual = path.resolve(given ?? '.data');
  if (isReachable(usual)) return usual;
  if (given === undefined) return ELSEWHERE;
  throw new EmbeddedFault(
    `The user that PostgreSQL runs as cannot reach DATA_DIR ${usual}. Give a folder whose parents are ` +
      'open to it (chmod o+x), or leave DATA_DIR unset.',
  );
}

/**
 * Starts the PostgreSQL that comes with the service, making its cluster the first time, or adopts the one that a
 * killed service left running. It listens on the loopback address and its own socket alone, and restarts by itself after
 * a crash.
 *
 * @throws EmbeddedFault if the folder is in use or out of reach, or the server will not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = makeDataDir(chooseDataDir(options.dataDir));
  const lock = await takeLock(dataDir);
  try {
    const cluster = new Cluster(dataDir, options);
    await cluster.start();
    return cluster.describe(() => lock.release());
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Ends a server that a killed service left in this folder, if there is one. */
export async function stopAbandoned(dataDir: string): Promise<void> {
  const pid = readPostmaster(path.join(dataDir, 'postgres'))?.pid;
  if (pid && isPostmasterOf(pid, path.join(dataDir, 'postgres'))) await end(pid);
}

const servedFolder = z.tuple([z.object({ data_directory: z.string() })]);
const keptPasswords = z.object({ postgres: z.string(), owner: z.string(), app: z.string() });

class Cluster {
  readonly #options: EmbeddedOptions;
  readonly #dataDir: string;
  readonly #pgdata: string;
  readonly #account: Account | undefined;
  readonly #passwords: z.infer<typeof keptPasswords>;
  #port = 0;
  #pid = 0;
  #adopted = false;
  #stopping = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(dataDir: string, options: EmbeddedOptions) {
    this.#options = options;
    this.#dataDir = dataDir;
    this.#pgdata = path.join(dataDir, 'postgres');
    this.#account = databaseAccount(this.#pgdata);
    if (isThere(this.#pgdata) && !isThere(path.join(dataDir, 'passwords.json'))) {
      throw new EmbeddedFault(`The file passwords.json is gone from ${dataDir}: restore it from a backup.`);
    }
    const kept = keptSecret(dataDir, 'passwords.json', () =>
      JSON.stringify({ postgres: randomPassword(), owner: randomPassword(), app: randomPassword() }),
    );
    this.#passwords = keptPasswords.parse(JSON.parse(kept));
  }

  async start(): Promise<void> {
    if (!(await this.#adopt())) await this.#launch();
    try {
      await preparedCluster(this.#url('postgres', this.#passwords.postgres, 'postgres'), {
        database: DATABASE,
        owner: { name: 'ntk_owner', password: this.#passwords.owner },
        service: { name: 'ntk_app', password: this.#passwords.app },
      });
    } catch (error) {
      await end(this.#pid);
      throw error;
    }
    this.#keepRunning();
  }

  describe(released: () => void): Embedded {
    const pid = () => this.#pid;
    const socketFolder = this.#socketFolder();
    const serviceUrl = new URL(this.#url('ntk_app', this.#passwords.app, DATABASE));
    if (socketFolder !== null) serviceUrl.searchParams.set('host', socketFolder);
    return {
      superuserUrl: this.#url('postgres', this.#passwords.postgres, 'postgres'),
      ownerUrl: this.#url('ntk_owner', this.#passwords.owner, DATABASE),
      serviceUrl: serviceUrl.href,
      port: this.#port,
      socketFolder,
      get pid() {
        return pid();
      },
      adopted: this.#adopted,
      stop: async () => {
        if (this.#stopping) return;
        this.#stopping = true;
        clearInterval(this.#watch);
        await end(this.#pid);
        released();
      },
    };
  }

  #url(role: string, password: string, database: string): string {
    return `postgres://${role}:${password}@${HOST}:${this.#port}/${database}`;
  }

  /** Null also of a server that an earlier version left running, which has none. */
  #socketFolder(): string | null {
    const folder = readPostmaster(this.#pgdata)?.socketFolder;
    if (!folder) return null;
    try {
      accessSync(path.join(folder, `.s.PGSQL.${this.#port}`), constants.W_OK);
      return folder;
    } catch {
      return null;
    }
  }

  /** A server left by a killed service serves on: its clients lost nothing, and starting costs nothing. */
  async #adopt(): Promise<boolean> {
    const left = readPostmaster(this.#pgdata);
    if (!left) return false;
    const ours = isPostmasterOf(left.pid, this.#pgdata);
    // It may still be starting, or going down.
    const giveUp = Date.now() + (ours ? READY_WITHIN_MS : 0);
    do {
      if (left.port && (await this.#answers(left.port))) {
        this.#port = left.port;
        this.#pid = left.pid;
        this.#adopted = true;
        this.#options.log?.info({ pid: left.pid }, 'adopted the database of a service that was killed');
        return true;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (isPostmasterOf(left.pid, this.#pgdata) && Date.now() < giveUp);

    // The server's own processes outlive a killed one for a moment, and hold its memory.
    await until(() => processesIn(this.#pgdata).length === 0, 5_000);
    if (isAlive(left.pid) && processesIn(this.#pgdata).length === 0 && !ours) {
      // Another program was given the number: PostgreSQL would take it for itself and refuse to start.
      rmSync(path.join(this.#pgdata, 'postmaster.pid'), { force: true });
    }
    return false;
  }

  async #answers(port: number): Promise<boolean> {
    const client = new pg.Client({
      connectionString: `postgres://postgres:${this.#passwords.postgres}@${HOST}:${port}/postgres`,
      connectionTimeoutMillis: 2_000,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query('show data_directory');
      return servedFolder.parse(rows)[0].data_directory === this.#pgdata;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }

  async #launch(): Promise<void> {
    const bin = findRuntime(this.#account);
    if (!isThere(this.#pgdata)) this.#initialise(bin);
    const port = this.#port || this.#options.port;
    for (let attempt = 1; ; attempt += 1) {
      this.#port = port ?? (await freePort());
      const failure = await this.#tryLaunch(bin);
      if (failure === undefined) return;
      // Both problems pass: the system frees the memory of a killed server, and we choose a new port for a taken one.
      const passes = /pre-existing shared memory|already in use|could not bind|already exists/.test(failure);
      if (!passes || attempt === 20)
        throw new EmbeddedFault(`PostgreSQL did not start. It said:\n${failure}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** `undefined` once it serves, else the end of the server's output. */
  async #tryLaunch(bin: string): Promise<string | undefined> {
    const logFile = path.join(this.#dataDir, 'postgres.log');
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) truncateSync(logFile);
    const log = openSync(logFile, 'a', 0o600);
    const from = statSync(logFile).size;
    // A process group of its own (detached): Ctrl-C in a terminal reaches the service first.
    const child = spawn(path.join(bin, 'postgres'), ['-D', this.#pgdata, ...this.#settings()], {
      ...this.#spawnOptions(),
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    child.unref();
    const gone = exitOf(child);
    const isReady = () => {
      const now = readPostmaster(this.#pgdata);
      return now?.pid === child.pid && now?.ready === true;
    };
    await until(() => gone.value || isReady(), READY_WITHIN_MS, 5);
    if (!gone.value && child.pid && isReady()) {
      this.#pid = child.pid;
      return undefined;
    }
    if (child.pid && !gone.value) await end(child.pid);
    return gone.error ?? readFileSync(logFile).subarray(from).toString('utf8').trim().slice(-2_000);
  }

  /** Made aside and renamed, so that an interrupted first start leaves no half cluster. */
  #initialise(bin: string): void {
    const fresh = `${this.#pgdata}.new`;
    const passwordFile = path.join(this.#dataDir, 'initdb.password');
    rmSync(fresh, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    mkdirSync(fresh, { mode: 0o700 });
    writeFileSync(passwordFile, this.#passwords.postgres, { mode: 0o600, flag: 'wx' });
    if (this.#account) {
      chownSync(fresh, this.#account.uid, this.#account.gid);
      chownSync(passwordFile, this.#account.uid, this.#account.gid);
    }
    const options = [
      `--pgdata=${fresh}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      ...(this.#options.fast ? ['--no-sync'] : []),
    ];
    try {
      const made = spawnSync(path.join(bin, 'initdb'), options, {
        ...this.#spawnOptions(),
        encoding: 'utf8',
      });
      if (made.status !== 0) {
        throw new EmbeddedFault(
          `The database could not be made in ${this.#dataDir}: ${made.error?.message ?? made.stderr.trim()}`,
        );
      }
    } finally {
      rmSync(passwordFile, { force: true });
    }
    renameSync(fresh, this.#pgdata);
  }

  #spawnOptions() {
    // Nothing of the service's own environment: it holds secrets, and PG* names would be obeyed.
    return { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...this.#account };
  }

  #settings(): string[] {
    const settings: Record<string, string> = {
      listen_addresses: HOST,
      port: String(this.#port),
      unix_socket_directories: canHoldSocket(this.#pgdata) ? this.#pgdata : '',
      password_encryption: 'scram-sha-256',
      timezone: 'UTC',
      log_timezone: 'UTC',
      // The log must never hold what people wrote: no values, no statements.
      log_error_verbosity: 'terse',
      log_parameter_max_length_on_error: '0',
      log_min_error_statement: 'panic',
      log_statement: 'none',
      ...(this.#options.fast
        ? {
            fsync: 'off',
            synchronous_commit: 'off',
            full_page_writes: 'off',
            autovacuum: 'off',
            jit: 'off',
            plan_cache_mode: 'force_generic_plan',
            wal_level: 'minimal',
            max_wal_senders: '0',
            track_counts: 'off',
            shared_buffers: '256MB',
            max_connections: '300',
          }
        : { fsync: 'on' }),
    };
    return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  /** After a crash the same port serves again, so that the pools of the service find it by themselves. */
  #keepRunning(): void {
    let starting = false;
    this.#watch = setInterval(() => {
      if (this.#stopping || starting || isAlive(this.#pid)) return;
      starting = true;
      this.#options.log?.warn({ pid: this.#pid }, 'the database ended unexpectedly; starting it again');
      this.#launch()
        .then(async () => {
          if (this.#stopping) await end(this.#pid);
        })
        .catch((error: unknown) =>
          this.#options.log?.warn({ error: String(error) }, 'it did not start; trying again'),
        )
        .finally(() => {
          starting = false;
        });
    }, 250);
    this.#watch.unref();
  }
}

/** The path of a socket may have 103 bytes on macOS, and a few more on Linux. */
const canHoldSocket = (folder: string): boolean =>
  process.platform !== 'win32' && Buffer.byteLength(path.join(folder, '.s.PGSQL.65535')) <= 103;

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

/** The server's own entries in `postmaster.pid`; `undefined` if there is no such file. */
function readPostmaster(pgdata: string): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(pgdata, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    const ready = lines[7]?.trim() === 'ready';
    return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4]?.trim() ?? '', ready };
  } catch {
    return undefined;
  }
}

/** Process numbers are given out again: only a process that works in the folder is its server. */
function isPostmasterOf(pid: number, pgdata: string): boolean {
  if (!isAlive(pid)) return false;
  return process.platform === 'linux' ? processesIn(realpathSync(pgdata)).includes(pid) : true;
}

function makeDataDir(dataDir: string): string {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  try {
    mkdirSync(dataDir, { recursive: true, mode });
    // If the folder is new and only for this service, as `mkdir -m 700` or `mktemp -d` leaves it, it is opened just
    // enough for the database's own user to pass through; each secret in it is closed by itself.
    if (mode === 0o711 && (lstatSync(dataDir).mode & 0o011) !== 0o011 && readdirSync(dataDir).length === 0) {
      chmodSync(dataDir, mode);
    }
    return realpathSync(dataDir);
  } catch (error) {
    const code = codeOf(error);
    throw new EmbeddedFault(
      `The data folder ${dataDir} cannot be made or opened (${code ?? String(error)}).`,
    );
  }
}

function isReachable(dataDir: string): boolean {
  const account = databaseAccount(path.join(dataDir, 'postgres'));
  const empty = !isThere(dataDir) || readdirSync(dataDir).length === 0;
  return canReach(empty ? path.dirname(dataDir) : dataDir, account);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The port has no number.');
  return address.port;
}

function exitOf(child: ChildProcess): { value: boolean; error?: string } {
  const gone: { value: boolean; error?: string } = { value: false };
  child.once('exit', () => (gone.value = true));
  child.once('error', (error) => {
    gone.value = true;
    gone.error = error.message;
  });
  return gone;
}

/** A fast shutdown; at once where it takes longer than a service manager waits. */
async function end(pid: number): Promise<void> {
  for (const [signal, within] of [
    ['SIGINT', 8_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await until(() => !isAlive(pid), within, 5)) return;
  }
}
