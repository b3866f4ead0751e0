/**
 * The signer's files outside the database, in a folder of their own: for each origin its secret key and the last tree
 * it signed, and which origin is in use. A rewritten or restored database cannot bring this memory back with it: that
 * is its purpose.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { keptSecret } from '../../db/embedded/secrets.js';
import { newSignerKey, parseSignerKey } from '../../db/audit/log/key.js';
import { noteSigner, noteVerifier, type Signer, type Verifier } from '../../db/audit/log/note.js';
import { writeWhole } from './whole-file.js';

/** The last tree that was signed: its size, and its root in base64. */
export interface Signed {
  readonly size: number;
  readonly root: string;
}

const signed = z.strictObject({ size: z.int().positive(), root: z.base64() });
const current = z.strictObject({ origin: z.string() });

/** The memory of one origin. */
export interface SignerState {
  readonly origin: string;
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** The text form of the key that checks these signatures. */
  readonly vkey: string;
  /** Null before the first signature. @throws Error when the file is there and cannot be read as one */
  last(): Signed | null;
  /** Is on the disk when it returns. */
  remember(last: Signed): void;
}

const readJson = <T>(file: string, schema: z.ZodType<T>): T | null => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  // Not as if there were none: a signer that has forgotten would sign anything.
  return schema.parse(JSON.parse(text));
};

/** An origin may hold slashes and anything else that shows; its folder is named by its hash. */
const folderOf = (folder: string, origin: string): string =>
  path.join(folder, createHash('sha256').update(origin).digest('hex').slice(0, 16));

/**
 * The state of an origin, with a new key where it has none.
 * @throws KeyFault when the origin cannot name a key
 */
export const openState = (folder: string, origin: string): SignerState => {
  const own = folderOf(folder, origin);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const key = keptSecret(own, 'key', () => newSignerKey(origin, randomBytes(32), 'note'));
  const { text: vkey } = parseSignerKey(key, 'note').verifierKey;
  const file = path.join(own, 'signed.json');
  return {
    origin,
    signer: noteSigner(key),
    verifier: noteVerifier(vkey),
    vkey,
    last: () => readJson(file, signed),
    remember: (last) => writeWhole(file, JSON.stringify(last)),
  };
};

/** Which origin the service signed as when it last did; null before the first time. */
export const originInUse = (folder: string): string | null =>
  readJson(path.join(folder, 'origin.json'), current)?.origin ?? null;

/** Says that the service signs as that origin from now on. */
export const useOrigin = (folder: string, origin: string): void => {
  writeWhole(path.join(folder, 'origin.json'), JSON.stringify({ origin }));
};
