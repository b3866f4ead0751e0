/** Verifies one entry by itself: its leaf, the proof that it is in the trail, and its opened values. */
import type { Leaf } from '../../leaf.js';
import { LeafFault, readLeaf } from '../../leaf.js';
import { BundleFault, inFile } from './bundle.js';
import { type Disclosure, parseDisclosures } from './bundle-leaf.js';
import { type Checkpoint, openCheckpoint } from '../checkpoint.js';
import { leafHash } from '../hash.js';
import { noteVerifier } from '../note.js';
import { parseInclusion } from '../proof/proof-file.js';
import { verifyInclusion } from '../proof/verify.js';

/** A file with a name for messages. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface EntryReport {
  readonly index: number;
  readonly checkpoint: Checkpoint;
  readonly leaf: Leaf;
  /** The fields whose values were given and are those recorded. */
  readonly opened: readonly string[];
}

const openLeaf = ({ name, bytes }: GivenFile): Leaf => {
  try {
    return readLeaf(bytes);
  } catch (error) {
    if (!(error instanceof LeafFault)) throw error;
    throw new BundleFault('leaf_malformed', name, 'The leaf is not an entry in canonical form.');
  }
};

const openValues = ({ name, bytes }: GivenFile): readonly Disclosure[] => {
  try {
    return parseDisclosures(bytes);
  } catch {
    const sentence = 'The file is not a list of fields, salts and values in canonical form.';
    throw new BundleFault('disclosures_malformed', name, sentence);
  }
};

const requireRecorded = (leaf: Leaf, values: GivenFile): string[] =>
  openValues(values).map(({ field, commitment }) => {
    const commitments: Readonly<Record<string, string | undefined>> = leaf.commitments;
    if (!Object.hasOwn(commitments, field)) {
      throw new BundleFault('value_unaccounted', values.name, 'A value is opened that the entry has not.');
    }
    if (commitments[field] === commitment) return field;
    throw new BundleFault('wrong_value', values.name, `The ${field} is not what the entry committed to.`);
  });

/**
 * Checks that the log signed a tree with this very leaf in it, and that the values are the leaf's.
 * @param given `proof` is a `.tlog-proof` with the signed checkpoint in it; `key` is the text form of the log's
 * @throws BundleFault for the first fault; KeyFault if `key` is not a key
 */
export const verifyEntry = (given: {
  readonly key: string;
  readonly leaf: GivenFile;
  readonly proof: GivenFile;
  readonly values?: GivenFile | undefined;
}): EntryReport => {
  const log = noteVerifier(given.key);
  const {
    index,
    proof,
    checkpoint: note,
  } = inFile(given.proof.name, () => parseInclusion(given.proof.bytes));
  const checkpoint = inFile(given.proof.name, () => openCheckpoint(note, log));
  const { size, root } = checkpoint;
  inFile(given.proof.name, () =>
    verifyInclusion({ index, size, leafHash: leafHash(given.leaf.bytes), proof, root }),
  );
  const leaf = openLeaf(given.leaf);
  return { index, checkpoint, leaf, opened: given.values ? requireRecorded(leaf, given.values) : [] };
};
