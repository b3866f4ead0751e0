/** The trusted parts of a bundle: the key of the log, and the two checkpoints that it signed. */
import { BundleFault, bundleNames, inFile } from './bundle.js';
import { type Checkpoint, openCheckpoint } from '../checkpoint.js';
import { parseVerifierKey, type VerifierKey } from '../key.js';
import { parseConsistency } from '../proof/proof-file.js';
import { verifyConsistency } from '../proof/verify.js';

/** What the reader knows of the log from elsewhere. */
export interface Known {
  /** The text form of the log’s key. Without it the bundle vouches for its own key. */
  readonly pinnedKey?: string | undefined;
  /** The signed checkpoint that the reader kept. Without it, only the bundle itself says what the reader had. */
  readonly heldCheckpoint?: Buffer | string | undefined;
}

export interface Heads {
  readonly key: VerifierKey;
  readonly old: Checkpoint;
  readonly tree: Checkpoint;
  /** The new checkpoint, as it is signed. */
  readonly newNote: Buffer;
}

/** Reads a file that has to be there. @throws BundleFault */
export type Read = (name: string) => Promise<Buffer>;

const openKey = (bytes: Buffer, pinned: string | undefined): VerifierKey => {
  const name = bundleNames.key;
  const key = inFile(name, () => parseVerifierKey(bytes.toString('utf8').replace(/\n$/, ''), 'note'));
  if (pinned !== undefined && parseVerifierKey(pinned, 'note').text !== key.text) {
    throw new BundleFault('another_key', name, 'The key is not the one that is expected.');
  }
  return key;
};

const requireHeld = (old: Checkpoint, held: Buffer | string, key: VerifierKey): void => {
  const { size, root } = openCheckpoint(held, key);
  if (old.size === size && old.root.equals(root)) return;
  throw new BundleFault(
    'another_checkpoint',
    bundleNames.old,
    'The checkpoint is not the one that was kept.',
  );
};

/**
 * Opens the key and the two checkpoints, and compares them with what the reader knows.
 * @throws BundleFault; KeyFault, NoteFault or CheckpointFault if the reader's key or checkpoint is not the log’s
 */
export const openHeads = async (read: Read, { pinnedKey, heldCheckpoint }: Known): Promise<Heads> => {
  const key = openKey(await read(bundleNames.key), pinnedKey);
  const [oldNote, newNote] = [await read(bundleNames.old), await read(bundleNames.new)];
  const old = inFile(bundleNames.old, () => openCheckpoint(oldNote, key));
  const tree = inFile(bundleNames.new, () => openCheckpoint(newNote, key));
  if (heldCheckpoint !== undefined) requireHeld(old, heldCheckpoint, key);
  if (old.size > tree.size) {
    const sentence = `The old tree has ${old.size} leaves, the new one ${tree.size}.`;
    throw new BundleFault('older_is_newer', bundleNames.old, sentence);
  }
  return { key, old, tree, newNote };
};

/**
 * A proof is to the new checkpoint, byte for byte: that one’s signature has been checked.
 * @throws BundleFault
 */
export const requireSameNote = (file: string, note: Buffer, { newNote }: Heads): void => {
  if (note.equals(newNote)) return;
  throw new BundleFault('another_checkpoint', file, 'The proof is to another checkpoint than the new one.');
};

/**
 * Holds the new tree against the old one, by the bytes of `consistency.txt`.
 * @throws BundleFault
 */
export const requireConsistent = (bytes: Buffer, heads: Heads): void => {
  const name = bundleNames.consistency;
  const { old, tree } = heads;
  const { oldSize, proof, checkpoint } = inFile(name, () => parseConsistency(bytes));
  if (oldSize !== old.size) {
    throw new BundleFault('wrong_index', name, `The proof is not from the tree of ${old.size} leaves.`);
  }
  requireSameNote(name, checkpoint, heads);
  const roots = { oldSize, oldRoot: old.root, newSize: tree.size, newRoot: tree.root };
  inFile(name, () => verifyConsistency({ ...roots, proof }));
};
