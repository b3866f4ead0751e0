/** One leaf of a bundle, held against the new checkpoint, and its values, held against the leaf. */
import { BundleFault, bundleNames, disclosuresName, inFile, leafName, proofName } from './bundle.js';
import { type Heads, requireSameNote } from './bundle-heads.js';
import { commitmentsOf, type Disclosure, parseDisclosures } from './bundle-leaf.js';
import { leafHash } from '../hash.js';
import { parseInclusion } from '../proof/proof-file.js';
import { ProofFault, verifyInclusion } from '../proof/verify.js';

/** The files of one leaf; null if there is no such leaf. */
export interface EntryFiles {
  readonly index: number;
  readonly leaf: Buffer | null;
  readonly proof: Buffer | null;
  readonly disclosures: Buffer | null;
}

const requireIncluded = (index: number, leaf: Buffer, file: Buffer, heads: Heads): void => {
  const name = proofName(index);
  const { index: proved, proof, checkpoint } = inFile(name, () => parseInclusion(file));
  if (proved !== index) throw new BundleFault('wrong_index', name, `The proof is that of leaf ${proved}.`);
  requireSameNote(name, checkpoint, heads);
  const { size, root } = heads.tree;
  try {
    verifyInclusion({ index, size, leafHash: leafHash(leaf), proof, root });
  } catch (error) {
    if (!(error instanceof ProofFault)) throw error;
    // With the right number of hashes it may be the leaf as well as the proof: the leaf is what matters.
    const culprit = error.code === 'wrong_root' ? leafName(index) : name;
    throw new BundleFault(error.code, culprit, error.message);
  }
};

const readCommitments = (index: number, leaf: Buffer): Record<string, string | undefined> => {
  try {
    return { ...commitmentsOf(leaf) };
  } catch {
    throw new BundleFault('leaf_malformed', leafName(index), 'The leaf is not an entry in canonical form.');
  }
};

const readDisclosures = (index: number, file: Buffer | null): readonly Disclosure[] => {
  if (!file) return [];
  try {
    return parseDisclosures(file);
  } catch {
    const sentence = 'The file is not a list of fields, salts and values in canonical form.';
    throw new BundleFault('disclosures_malformed', disclosuresName(index), sentence);
  }
};

/**
 * Every value that the leaf committed to is opened, or closed by the manifest, and none besides.
 * @returns how many are opened
 */
const requireValues = (
  index: number,
  leaf: Buffer,
  file: Buffer | null,
  closed: readonly string[],
): number => {
  const name = disclosuresName(index);
  const open = readCommitments(index, leaf);
  for (const field of closed) {
    if (!Object.hasOwn(open, field)) {
      const sentence = `The manifest closes a value twice, or one that leaf ${index} does not have.`;
      throw new BundleFault('manifest_wrong', bundleNames.manifest, sentence);
    }
    delete open[field];
  }
  const disclosures = readDisclosures(index, file);
  for (const { field, commitment } of disclosures) {
    if (!Object.hasOwn(open, field)) {
      throw new BundleFault('value_unaccounted', name, 'A value is opened that should not be there.');
    }
    if (open[field] !== commitment) {
      throw new BundleFault('wrong_value', name, `The ${field} is not what leaf ${index} committed to.`);
    }
    delete open[field];
  }
  const [missing] = Object.keys(open);
  if (missing === undefined) return disclosures.length;
  if (!file) throw new BundleFault('missing_file', name, 'The file is missing.');
  throw new BundleFault('value_missing', name, `The ${missing} of leaf ${index} is not opened.`);
};

/**
 * Checks one leaf with all that belongs to it.
 * @param closed the fields that the manifest has as erased or withheld
 * @returns how many of its values are opened
 * @throws BundleFault
 */
export const requireEntry = (files: EntryFiles, closed: readonly string[], heads: Heads): number => {
  const { index, leaf, proof, disclosures } = files;
  if (!leaf) throw new BundleFault('leaf_missing', leafName(index), `Leaf ${index} was left out.`);
  if (!proof) throw new BundleFault('missing_file', proofName(index), 'The file is missing.');
  requireIncluded(index, leaf, proof, heads);
  return requireValues(index, leaf, disclosures, closed);
};
