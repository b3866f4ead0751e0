/**
 * Checkpoints in the format of c2sp.org/tlog-checkpoint: the state of a log at one size, as the text of a signed
 * note: origin, number of leaves, root in base64, each on a line. Further lines may follow and are kept, though ours
 * has none. The origin is the name of the log's key.
 */
import { parseBase64, parseDecimal } from './exact.js';
import { Fault } from './fault.js';
import { type Hash, hashLength } from './hash.js';
import { isKeyName } from './key.js';
import { openNote, type Signer, signNote, type Verifier } from './note.js';

export type CheckpointFaultCode =
  'checkpoint_malformed' | 'size_malformed' | 'root_malformed' | 'wrong_origin';

/** Why a text is no checkpoint of the log. */
export class CheckpointFault extends Fault<CheckpointFaultCode> {}

export interface Checkpoint {
  readonly origin: string;
  /** The number of leaves. */
  readonly size: number;
  readonly root: Hash;
  readonly extensions: readonly string[];
}

/**
 * The text of a checkpoint, without signatures.
 * @throws CheckpointFault when it is not one line of text for each part
 */
export const formatCheckpoint = ({ origin, size, root, extensions }: Checkpoint): string => {
  const lines = [origin, String(size), root.toString('base64'), ...extensions];
  const text = `${lines.join('\n')}\n`;
  const again = parseCheckpoint(text);
  if (again.extensions.length !== extensions.length) {
    throw new CheckpointFault('checkpoint_malformed', 'A part of a checkpoint is one line.');
  }
  return text;
};

/**
 * Reads the text of a note as a checkpoint.
 * @throws CheckpointFault
 */
export const parseCheckpoint = (text: string): Checkpoint => {
  const lines = text.split('\n');
  const [origin = '', decimal = '', encoded = '', ...rest] = lines;
  // The last piece is what follows the last line end: nothing.
  const extensions = rest.slice(0, -1);
  if (lines.length < 4 || rest.at(-1) !== '' || extensions.includes('') || !isKeyName(origin)) {
    throw new CheckpointFault('checkpoint_malformed', 'This is not the text of a checkpoint.');
  }
  const size = parseDecimal(decimal);
  if (size === null) {
    throw new CheckpointFault('size_malformed', 'The second line of the checkpoint is not a size.');
  }
  const root = parseBase64(encoded);
  if (root?.length !== hashLength) {
    throw new CheckpointFault('root_malformed', 'The third line of the checkpoint is not a root.');
  }
  return { origin, size, root, extensions };
};

const requireOrigin = (origin: string, name: string): void => {
  if (origin === name) return;
  throw new CheckpointFault('wrong_origin', 'The origin of the checkpoint is not the name of the key.');
};

/**
 * The signed note of a checkpoint.
 * @throws CheckpointFault when it is not well formed, or its origin is not the signer's name
 */
export const signCheckpoint = (checkpoint: Checkpoint, log: Signer): string => {
  requireOrigin(checkpoint.origin, log.name);
  return signNote(formatCheckpoint(checkpoint), [log]);
};

/**
 * Reads a checkpoint that the log has signed; it ignores other signatures.
 * @throws NoteFault if the log has not signed it; CheckpointFault if it is not a checkpoint of this log
 */
export const openCheckpoint = (note: Buffer | string, log: Verifier): Checkpoint => {
  const checkpoint = parseCheckpoint(openNote(note, [log]).text);
  requireOrigin(checkpoint.origin, log.name);
  return checkpoint;
};
