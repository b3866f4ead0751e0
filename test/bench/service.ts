import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { BenchFault } from './fault.js';
import type { Place } from './pgbench.js';

const readyWithinMs = 180_000;
const stopWithinMs = 30_000;
/** What `statfs` says of a tmpfs: fsync costs nothing there, so a figure would say nothing. */
const tmpfs = 0x01021994;

/** The service in a process of its own, on a PostgreSQL that it started for itself in a fresh folder. */
export interface Service {
  readonly url: URL;
  /** The administrator's login to its PostgreSQL: to count in it, and to put pgbench's tables beside. */
  readonly administrator: Place;
  /** @throws BenchFault when the process has ended by itself */
  assertRuns(): void;
  /** Ends it and its PostgreSQL, by their ids, and removes the folder. */
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly checkout: string;
  /** How many processes answer. */
  readonly processes: number;
  readonly dataParent: string;
  /** Where a CPU profile of the process goes when it ends. */
  readonly profile: string | undefined;
  /** Ends the waiting for it. */
  readonly signal: AbortSignal;
}

/**
 * Starts a checkout as `npm start` does, demonstration council and all, and waits until it is ready. All that is
 * relied on is `server/start.mjs`, the settings' names, and what the embedded database leaves in its folder.
 * @throws BenchFault when it does not come up
 */
export const startService = async ({
  checkout,
  processes,
  dataParent,
  profile,
  signal,
}: ServiceOptions): Promise<Service> => {
  if (statfsSync(dataParent).type === tmpfs) {
    throw new BenchFault(`${dataParent} is in memory, where fsync costs nothing. Name a disk with --data.`);
  }
  const folder = mkdtempSync(path.join(dataParent, 'need-to-know-bench-'));
  // PostgreSQL does not run as root: the account that it then runs as has to pass through.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  const dataDir = path.join(folder, 'data');
  const logFile = path.join(folder, 'service.log');
  const url = new URL(`http://127.0.0.1:${await freePort()}`);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    process.execPath,
    [
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      path.join(checkout, 'server/start.mjs'),
      // It ends itself when its parent is gone, however that ended.
      '--under-npm',
    ],
    {
      cwd: checkout,
      // In a group of its own: a Ctrl-C reaches this process alone, which then ends the other in order.
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        HOST: url.hostname,
        PORT: url.port,
        PROCESSES: String(processes),
        BASE_URL: url.origin,
        DATA_DIR: dataDir,
        DEMO: 'true',
        // Where a .env names a server, this refuses to start rather than measure on it.
        EMBEDDED_DATABASE: 'true',
      },
    },
  );
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const lastLines = () => readFileSync(logFile, 'utf8').trim().split('\n').slice(-15).join('\n');
  const assertRuns = () => {
    if (hasEnded()) throw new BenchFault(`The service ended. It said last:\n${lastLines()}`);
  };
  const stop = async () => {
    if (!hasEnded()) await endProcess(child, ended);
    await endPostgres(dataDir);
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const giveUp = Date.now() + readyWithinMs;
    while (!(await isReady(url))) {
      assertRuns();
      signal.throwIfAborted();
      if (Date.now() > giveUp)
        throw new BenchFault(`The service was not ready in time. It said:\n${lastLines()}`);
      await after(100);
    }
    return { url, administrator: administratorOf(dataDir), assertRuns, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const isReady = async (url: URL): Promise<boolean> => {
  try {
    return (await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
};

const administratorOf = (dataDir: string): Place => {
  const { postgres: password } = JSON.parse(readFileSync(path.join(dataDir, 'passwords.json'), 'utf8')) as {
    postgres: string;
  };
  const port = Number(postmasterLine(dataDir, 3));
  if (!(port > 0)) throw new BenchFault('The embedded PostgreSQL does not say where it listens.');
  return { port, user: 'postgres', password, database: 'postgres' };
};

/** Line by line `postmaster.pid` holds the process, the folder, the start and the port. */
const postmasterLine = (dataDir: string, line: number): string | undefined => {
  const file = path.join(dataDir, 'postgres/postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[line] : undefined;
};

const endProcess = async (child: ChildProcess, ended: Promise<void>): Promise<void> => {
  child.kill('SIGTERM');
  const ontime = new AbortController();
  const late = after(stopWithinMs, 'late' as const, { signal: ontime.signal }).catch(() => undefined);
  if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
  ontime.abort();
  await ended;
};

/** The service ends its own PostgreSQL; one that was killed leaves it behind. */
const endPostgres = async (dataDir: string): Promise<void> => {
  const pid = Number(postmasterLine(dataDir, 0));
  if (!(pid > 0)) return;
  try {
    for (const giveUp = Date.now() + stopWithinMs; Date.now() < giveUp; await after(100)) {
      process.kill(pid, 'SIGINT');
    }
  } catch {
    // It is gone.
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
