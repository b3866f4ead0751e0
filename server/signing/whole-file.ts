import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Writes a file that is there whole or not at all, also after the power failed; for its owner alone. */
export const writeWhole = (file: string, content: string): void => {
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  const at = openSync(fresh, 'wx', 0o600);
  writeSync(at, content);
  fsyncSync(at);
  closeSync(at);
  renameSync(fresh, file);
  const folder = openSync(path.dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
