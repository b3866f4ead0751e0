/** Proofs about the tree as it is stored, each by two queries however large it is. */
import type { Knex } from 'knex';
import type { Hash } from './log/hash.js';
import { consistencyProof, inclusionProof } from './log/tree.js';
import { storedHashes, treeSize } from './tree-store.js';

/** Why there is no such proof: the tree has not that size, or a tree of that size has not that entry. */
export class NoProof extends Error {
  constructor(readonly because: 'beyond_the_tree' | 'not_in_that_tree' | 'older_is_newer') {
    super(because);
    this.name = 'NoProof';
  }
}

/**
 * Proves that the entry at `index` is in the tree of the first `size` entries.
 * @throws NoProof
 */
export const proveInclusion = async (db: Knex, index: number, size: number): Promise<readonly Hash[]> => {
  if (size > (await treeSize(db))) throw new NoProof('beyond_the_tree');
  if (index >= size) throw new NoProof('not_in_that_tree');
  return inclusionProof(index, size, storedHashes(db));
};

/**
 * Proves that the tree of `from` entries is how the one of `to` entries began.
 * @throws NoProof
 */
export const proveGrowth = async (db: Knex, from: number, to: number): Promise<readonly Hash[]> => {
  if (to > (await treeSize(db))) throw new NoProof('beyond_the_tree');
  if (from > to) throw new NoProof('older_is_newer');
  return consistencyProof(from, to, storedHashes(db));
};
