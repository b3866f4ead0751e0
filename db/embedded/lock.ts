import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { codeOf } from '../core/code-of.js';
import { EmbeddedFault } from './fault.js';
import { isAlive, startToken, until } from './process.js';

const HEARTBEAT_MS = 3_000;

const holding = z.object({ pid: z.int(), host: z.string(), started: z.string().exactOptional() });
type Holder = Readonly<z.infer<typeof holding>>;

export interface Lock {
  /** Gives the folder free. */
  release(): void;
}

const lockFile = (folder: string): string => path.join(folder, 'service.lock');

/**
 * Only one live service may use a data folder. The lock names the process and the moment it began, so that neither a
 * killed service nor another process with its number keeps the folder locked.
 *
 * @throws EmbeddedFault naming the process that holds it.
 */
export async function takeLock(folder: string): Promise<Lock> {
  const file = lockFile(folder);
  const mine = `${file}.${randomBytes(6).toString('hex')}`;
  const started = startToken(process.pid);
  const holder: Holder = { pid: process.pid, host: hostname(), ...(started ? { started } : {}) };
  const text = JSON.stringify(holder);
  writeFileSync(mine, text, { mode: 0o600 });
  try {
    // A link appears whole or not at all: nobody ever reads half a lock.
    while (!tryLink(mine, file)) {
      const found = await inspect(file);
      if (found.live) {
        throw new EmbeddedFault(
          `The data folder ${folder} is in use by process ${found.holder?.pid ?? 'unknown'}. ` +
            'Stop that service first, or set DATA_DIR to another folder.',
        );
      }
      if (found.text !== undefined) removeStale(file, found.text);
    }
  } finally {
    rmSync(mine, { force: true });
  }

  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // The folder was removed under us: there is nothing left to guard.
    }
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (read(file) === text) rmSync(file, { force: true });
    },
  };
}

/** Whether a live service holds the folder's lock. */
export async function isHeld(folder: string): Promise<boolean> {
  return (await inspect(lockFile(folder))).live;
}

async function inspect(file: string): Promise<{ live: boolean; text?: string; holder?: Holder }> {
  const text = read(file);
  if (text === undefined) return { live: false };
  let holder: Holder;
  try {
    holder = holding.parse(JSON.parse(text));
  } catch {
    return { live: false, text };
  }
  if (holder.host !== hostname()) {
    // Another container on the same volume: its numbers mean nothing here, its heartbeat does.
    const before = touched(file);
    const fresh = Date.now() - before < 2.5 * HEARTBEAT_MS;
    const live = fresh && (await until(() => touched(file) !== before, 2.5 * HEARTBEAT_MS, 200));
    return { live, text, holder };
  }
  const live =
    isAlive(holder.pid) && (holder.started === undefined || holder.started === startToken(holder.pid));
  return { live, text, holder };
}

/** Moves the lock away first, so that of two starts only one removes it, and never a newer one. */
function removeStale(file: string, text: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== text) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

const touched = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
