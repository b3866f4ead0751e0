import { spawn, spawnSync } from 'node:child_process';
import { BenchFault } from './fault.js';

/** A database on the server to measure, as libpq's environment names it. */
export interface Place {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** TPC-B-like: 10 branches, 8 clients on 2 threads, statements prepared once on each connection. */
const scale = ['-s', '10'];
const load = ['-c', '8', '-j', '2', '-M', 'prepared'];

const program = (): string => process.env['PGBENCH'] || 'pgbench';

/**
 * The version that this machine's pgbench reports: `pgbench (PostgreSQL) 15.18`.
 * @throws BenchFault if there is no pgbench, with what to install
 */
export const pgbenchVersion = (): string => {
  const { status, stdout } = spawnSync(program(), ['--version'], { encoding: 'utf8' });
  if (status === 0) return stdout.trim();
  throw new BenchFault(
    `There is no pgbench (looked for ${program()}). On Debian and Ubuntu it comes with the package ` +
      '`postgresql` (`apt-get install postgresql`), on macOS with `brew install postgresql`; or name one ' +
      'with the variable PGBENCH.',
  );
};

const run = (place: Place, args: readonly string[], signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program(), args, {
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        LC_ALL: 'C',
        PGHOST: '127.0.0.1',
        PGPORT: String(place.port),
        PGUSER: place.user,
        PGPASSWORD: place.password,
        PGDATABASE: place.database,
      },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(said);
      else reject(new BenchFault(`pgbench ${args.join(' ')} did not succeed. It said:\n${said}`));
    });
  });

/** Makes its four tables, with a million accounts. */
export const fillPgbench = async (place: Place, signal: AbortSignal): Promise<void> => {
  await run(place, ['-i', '-q', ...scale], signal);
};

/** Transactions a second, without the time it takes to connect. */
export const runPgbench = async (place: Place, seconds: number, signal: AbortSignal): Promise<number> =>
  readTps(await run(place, [...load, '-T', String(seconds)], signal));

/**
 * The figure in pgbench's output.
 * @throws BenchFault if there is none, or a transaction failed
 */
export const readTps = (printed: string): number => {
  const failed = Number(/number of failed transactions: (\d+)/.exec(printed)?.[1] ?? 0);
  const tps = Number(/^tps = ([\d.]+)/m.exec(printed)?.[1]);
  if (failed > 0 || !(tps > 0)) throw new BenchFault(`pgbench gave no figure that counts:\n${printed}`);
  return tps;
};
