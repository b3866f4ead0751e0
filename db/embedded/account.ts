import { lstatSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';

/** The system account that PostgreSQL runs as; `undefined` for the one that runs the service. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: this is "nobody" on every common system. */
const NOBODY: Account = { uid: 65534, gid: 65534 };

/**
 * The account to run the server as. Only root has to choose: the owner of the existing data folder, so that a folder
 * made by an ordinary user still opens, or nobody.
 */
export function databaseAccount(pgdata: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = statSync(pgdata, { throwIfNoEntry: false });
  return existing && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : NOBODY;
}

/** Whether this account can pass through every folder on the way to `folder`, and through it. */
export function canReach(folder: string, account: Account | undefined): boolean {
  if (!account) return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats && !allows(stats, account, 0o1)) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Whether this account can read the file (and run it, where `run` says so). */
export function canRead(file: string, account: Account | undefined, run = false): boolean {
  if (!account) return true;
  const stats = statSync(file, { throwIfNoEntry: false });
  return Boolean(stats && allows(stats, account, run ? 0o5 : 0o4) && canReach(path.dirname(file), account));
}

/** Whether anything (a dangling link too) is at this path. */
export const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

function allows(stats: Stats, account: Account, bits: number): boolean {
  const mode =
    stats.uid === account.uid ? stats.mode >> 6 : stats.gid === account.gid ? stats.mode >> 3 : stats.mode;
  return (mode & bits) === bits;
}
