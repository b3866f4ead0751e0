import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from '../core/code-of.js';

/**
 * The content of a secret file in the data folder; `make` creates it if it is missing. Only its owner can read it; it
 * appears whole, and never changes.
 */
export function keptSecret(folder: string, name: string, make: () => string): string {
  const file = path.join(folder, name);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  const at = openSync(fresh, 'wx', 0o600);
  writeSync(at, make());
  fsyncSync(at);
  closeSync(at);
  try {
    linkSync(fresh, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  return readFileSync(file, 'utf8');
}

export const randomPassword = (): string => randomBytes(24).toString('base64url');
