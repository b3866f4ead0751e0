/** Runs before anything is installed, so this file may import only what Node itself brings. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
const SOURCES = ['server', 'policies', 'db', 'emails'];
const STAMP = '.installed-from-lock';

/** A fault that the person who typed the command can mend: its message is all they need. */
export class BootstrapFault extends Error {}

/**
 * Calls back when the process that started this one is gone. npm passes SIGTERM to the shell that it runs scripts in;
 * the shell dies of it without passing it on, so a script of npm's has to check by itself.
 */
export function whenOrphaned(callback) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    callback();
  }, 100);
  watch.unref();
}

const say = (line) => process.stderr.write(`${line}\n`);

/** Installs what the lock file names, unless that is done already. Two at once are safe. */
export function ensureInstalled() {
  const wanted = hashOf([path.join(root, 'package-lock.json')]);
  const stamp = path.join(root, 'node_modules', STAMP);
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isInstalled()) return;
  if (isInstalledByNpm()) {
    tryWrite(stamp, wanted);
    return;
  }
  underLock('.install-lock', () => {
    if (isInstalled()) return;
    say('Installing what is missing (npm ci) ...');
    const began = Date.now();
    const result = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (result.status !== 0) {
      throw new BootstrapFault(
        'npm ci did not succeed; what it said stands above. The npm registry has to be within reach ' +
          'for the first start, and this folder has to be writable.',
      );
    }
    writeFileSync(stamp, wanted);
    say(`Installed in ${seconds(began)}.`);
  });
}

/** Builds `dist/` from the sources, unless it was built from the same ones already. */
export function ensureBuilt() {
  const wanted = hashOf([
    ...SOURCES.flatMap((folder) => filesOf(path.join(root, folder))),
    path.join(root, 'tsconfig.json'),
  ]);
  const dist = path.join(root, 'dist');
  const isBuilt = () => {
    const stamp = path.join(dist, '.built-from');
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  };
  if (isBuilt()) return;
  underLock('.install-lock', () => {
    if (isBuilt()) return;
    say('Building ...');
    const began = Date.now();
    removeLeftovers();
    // Build aside, then rename: another start finds the old build or the new one, never half of one.
    const aside = path.join(root, `.build-${randomBytes(4).toString('hex')}`);
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const result = spawnSync(process.execPath, [tsc, '-p', 'server/tsconfig.build.json', '--outDir', aside], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (result.status !== 0) {
      rmSync(aside, { recursive: true, force: true });
      throw new BootstrapFault('The build did not succeed; what is wrong stands above.');
    }
    for (const file of SOURCES.flatMap((folder) => filesOf(path.join(root, folder)))) {
      if (isAsset(file)) cpSync(file, path.join(aside, path.relative(root, file)));
    }
    writeFileSync(path.join(aside, '.built-from'), wanted);
    const old = `${aside}-old`;
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(aside, dist);
    rmSync(old, { recursive: true, force: true });
    say(`Built in ${seconds(began)}.`);
  });
}

/** Everything beside the code is needed when it runs: templates, tables, and all that browsers are sent. */
const isAsset = (file) =>
  path.basename(path.dirname(file)) === 'assets' ||
  (!/\.(ts|mts|mjs|md)$/.test(file) && !path.basename(file).startsWith('tsconfig'));

function removeLeftovers() {
  for (const name of readdirSync(root)) {
    if (name.startsWith('.build-')) rmSync(path.join(root, name), { recursive: true, force: true });
  }
}

/** npm records its work when it has finished: the same packages in the same versions will do. */
function isInstalledByNpm() {
  const read = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  try {
    const locked = Object.entries(read('package-lock.json')).filter(([name]) => name !== '');
    const installed = read('node_modules/.package-lock.json');
    return locked.every(([name, { version, integrity, optional }]) => {
      const found = installed[name];
      return found ? found.version === version && found.integrity === integrity : optional === true;
    });
  } catch {
    return false;
  }
}

/**
 * Runs the work while no other start does: a folder is the lock, and names its process.
 * Waits for the other one, and takes over from one that is gone.
 */
function underLock(name, work) {
  const lock = path.join(root, name);
  const holder = path.join(lock, 'pid');
  let told = false;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw new BootstrapFault(`This folder has to be writable for the first start (${error.code}).`);
      }
    }
    if (isAbandoned(lock, holder)) {
      // Renamed first: of two that find it, one takes it away.
      const aside = `${lock}.${randomBytes(4).toString('hex')}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // The other one did.
      }
      continue;
    }
    if (!told) say('Another start is installing or building here; waiting for it ...');
    told = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    writeFileSync(holder, String(process.pid));
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isAbandoned(lock, holder) {
  try {
    const pid = Number(readFileSync(holder, 'utf8'));
    if (pid > 0) return !isAlive(pid);
  } catch {
    // Not named yet.
  }
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > 10_000;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** A shared installation may belong to another user: then ask again next time. */
function tryWrite(file, text) {
  try {
    writeFileSync(file, text);
  } catch {
    // Nothing depends on it.
  }
}

function filesOf(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
