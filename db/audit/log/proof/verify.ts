/**
 * Checks the proofs of RFC 6962 against roots that the reader trusts for another reason, such as a signature.
 * Nothing here asks a store. The way up from a leaf fixes how many hashes a proof has; one more or one less
 * is refused before anything is hashed.
 */
import { Fault } from '../fault.js';
import { emptyRoot, type Hash, hashLength, innerHash } from '../hash.js';

export type ProofFaultCode =
  | 'bad_number'
  | 'bad_hash'
  | 'not_in_tree'
  | 'older_is_newer'
  | 'proof_too_short'
  | 'proof_too_long'
  | 'wrong_old_root'
  | 'wrong_root';

/** Why a proof does not hold. */
export class ProofFault extends Fault<ProofFaultCode> {}

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Hash;
  readonly newSize: number;
  readonly newRoot: Hash;
  readonly proof: readonly Hash[];
}

const requireNumbers = (...numbers: readonly number[]): void => {
  if (numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return;
  throw new ProofFault('bad_number', 'A size or an index is not a whole number from 0 to 2^53 - 1.');
};

const requireHashes = (hashes: readonly Hash[]): void => {
  if (hashes.every(({ length }) => length === hashLength)) return;
  throw new ProofFault('bad_hash', `A hash has not ${hashLength} bytes.`);
};

const tooShort = (proof: readonly Hash[], needed: number): ProofFault =>
  new ProofFault('proof_too_short', `The proof has ${proof.length} hashes and needs ${needed}.`);

const requireLength = (proof: readonly Hash[], needed: number): void => {
  if (proof.length < needed) throw tooShort(proof, needed);
  if (proof.length > needed) {
    throw new ProofFault('proof_too_long', `The proof has ${proof.length} hashes and needs only ${needed}.`);
  }
};

type Side = 'left' | 'right';

/**
 * The side of the sibling, level by level, on the way up from a node to the root. On its own level the node is at
 * `index`, and `last` is the index of the rightmost node, complete or not.
 */
const sidesAbove = (index: number, last: number): Side[] => {
  const sides: Side[] = [];
  for (let [at, end] = [index, last]; end > 0; [at, end] = [Math.floor(at / 2), Math.floor(end / 2)]) {
    if (at % 2 === 1) sides.push('left');
    // A last node without a sibling goes up to the next level unchanged.
    else if (at < end) sides.push('right');
  }
  return sides;
};

/**
 * Checks that the leaf is at that index of the tree with that root.
 * @throws ProofFault when it is not shown to be
 */
export const verifyInclusion = ({ index, size, leafHash, proof, root }: Inclusion): void => {
  requireNumbers(index, size);
  requireHashes([leafHash, root, ...proof]);
  if (index >= size) {
    throw new ProofFault('not_in_tree', `A tree of ${size} leaves has no leaf ${index}.`);
  }
  const sides = sidesAbove(index, size - 1);
  requireLength(proof, sides.length);
  let hash = leafHash;
  proof.forEach((sibling, n) => {
    hash = sides[n] === 'left' ? innerHash(sibling, hash) : innerHash(hash, sibling);
  });
  if (!hash.equals(root)) {
    throw new ProofFault('wrong_root', `The proof does not lead from leaf ${index} to the root.`);
  }
};

/**
 * Checks that the new tree began as the old one: no leaf of it was changed, moved or taken out.
 * @throws ProofFault if the proof does not show that
 */
export const verifyConsistency = ({ oldSize, oldRoot, newSize, newRoot, proof }: Consistency): void => {
  requireNumbers(oldSize, newSize);
  requireHashes([oldRoot, newRoot, ...proof]);
  if (oldSize > newSize) {
    throw new ProofFault('older_is_newer', `The old tree has ${oldSize} leaves, the new one ${newSize}.`);
  }
  // Anything begins with nothing, so an empty tree says no more than its own root.
  if (oldSize === 0 && !oldRoot.equals(emptyRoot)) {
    throw new ProofFault('wrong_old_root', 'The old root is not that of an empty tree.');
  }
  if (oldSize === newSize && !oldRoot.equals(newRoot)) {
    throw new ProofFault('wrong_root', `There are two roots for ${newSize} leaves.`);
  }
  if (oldSize === 0 || oldSize === newSize) {
    requireLength(proof, 0);
    return;
  }
  // Up from the old tree's last leaf to the largest subtree that ends with it: both trees have that one.
  let [index, last] = [oldSize - 1, newSize - 1];
  while (index % 2 === 1) [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  // Where that is the whole old tree its hash is the old root, and not in the proof.
  const given = index === 0 ? 0 : 1;
  const sides = sidesAbove(index, last);
  requireLength(proof, given + sides.length);
  const begun = given === 0 ? oldRoot : proof[0];
  if (begun === undefined) throw tooShort(proof, given + sides.length);
  let [older, newer] = [begun, begun];
  proof.slice(given).forEach((sibling, n) => {
    const side = sides[n];
    if (side === 'left') older = innerHash(sibling, older);
    newer = side === 'left' ? innerHash(sibling, newer) : innerHash(newer, sibling);
  });
  if (!older.equals(oldRoot)) {
    throw new ProofFault('wrong_old_root', 'The proof does not lead to the old root.');
  }
  if (!newer.equals(newRoot)) {
    throw new ProofFault('wrong_root', 'The proof does not lead from the old tree to the new root.');
  }
};
