/**
 * A witness's files, in their own folder and far from the log: its key, the key of the log that it watches, and the
 * last checkpoint that it signed.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Checkpoint, openCheckpoint } from '../../db/audit/log/checkpoint.js';
import { cosign, cosigner } from '../../db/audit/log/cosignature.js';
import { newSignerKey, parseSignerKey } from '../../db/audit/log/key.js';
import { noteVerifier, type Verifier } from '../../db/audit/log/note.js';
import { keptSecret } from '../../db/embedded/secrets.js';
import { writeWhole } from '../signing/whole-file.js';

export interface WitnessState {
  /** The log that is watched. */
  readonly log: Verifier;
  readonly name: string;
  /** The text form of the key that others check the witness by. */
  readonly vkey: string;
  /** The last checkpoint that was signed here; null before the first. @throws Fault if the file is not one */
  held(): Checkpoint | null;
  /** Signs beside the log and keeps it. @returns the note with both signatures */
  sign(note: string, at: Date): string;
  /** Stores the evidence of an alarm, both sides of it. @returns the folder */
  keepEvidence(note: string, at: Date): string;
}

/** Why a witness cannot begin: the sentence says what to give it. */
export class WitnessFault extends Error {}

const kept = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/** The key that was given, or was given before: a log is known by one key for ever. */
const logKey = (file: string, given: string | undefined): string => {
  const known = kept(file)?.trimEnd() ?? null;
  if (known === null && given === undefined) {
    throw new WitnessFault(
      'Give the key of the log with --key the first time (log.vkey), from elsewhere than here.',
    );
  }
  if (known !== null && given !== undefined && known !== given) {
    throw new WitnessFault(
      'This folder is for a log with another key: a new log is watched from a new folder.',
    );
  }
  return known ?? (given as string);
};

/**
 * Opens the folder, and makes what is missing.
 * @param given.key the text form of the log's key; needed the first time
 * @param given.name the name of the witness, as in its key; needed the first time
 * @throws WitnessFault; KeyFault if a key is not valid
 */
export const openWitness = (
  folder: string,
  given: { readonly key?: string | undefined; readonly name?: string | undefined },
): WitnessState => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    log: path.join(folder, 'log.vkey'),
    own: path.join(folder, 'witness.vkey'),
    last: path.join(folder, 'cosigned.checkpoint'),
  };
  const key = logKey(files.log, given.key);
  const log = noteVerifier(key);
  if (given.name === undefined && !existsSync(path.join(folder, 'witness.key'))) {
    throw new WitnessFault(
      'Name the witness with --name the first time, such as audit.council.example/witness.',
    );
  }
  const secret = keptSecret(folder, 'witness.key', () =>
    newSignerKey(given.name as string, randomBytes(32), 'cosignature'),
  );
  const { name, text: vkey } = parseSignerKey(secret, 'cosignature').verifierKey;
  if (given.name !== undefined && given.name !== name) {
    throw new WitnessFault(`The witness of this folder is ${name}.`);
  }
  if (!existsSync(files.log)) writeWhole(files.log, `${key}\n`);
  if (!existsSync(files.own)) writeWhole(files.own, `${vkey}\n`);
  return {
    log,
    name,
    vkey,
    held: () => {
      const note = kept(files.last);
      return note === null ? null : openCheckpoint(note, log);
    },
    sign: (note, at) => {
      const signed = cosign(note, cosigner(secret, at));
      writeWhole(files.last, signed);
      return signed;
    },
    keepEvidence: (note, at) => {
      const own = path.join(folder, `alarm-${at.toISOString().replaceAll(/[:.]/g, '-')}`);
      mkdirSync(own, { recursive: true, mode: 0o700 });
      writeWhole(path.join(own, 'seen.checkpoint'), note);
      writeWhole(path.join(own, 'held.checkpoint'), kept(files.last) ?? '');
      return own;
    },
  };
};
