/** Proofs about the tree as it is stored, each by one query however large it is. */
import type { Knex } from 'knex';
import type { Hash } from '../log/hash.js';
import { consistencyProof, inclusionProof, type ReadHashes } from '../log/tree.js';
import { hashesWithSize } from './tree-store.js';

/** Why there is no such proof: the tree has not that size, or a tree of that size has not that entry. */
export class NoProof extends Error {
  constructor(readonly because: 'beyond_the_tree' | 'not_in_that_tree' | 'older_is_newer') {
    super(because);
    this.name = 'NoProof';
  }
}

/** Makes a proof from a tree that has reached that size. @throws NoProof where it has not */
const within = async (
  db: Knex,
  size: number,
  prove: (read: ReadHashes) => Promise<readonly Hash[]>,
): Promise<readonly Hash[]> => {
  let isReached = false;
  const read: ReadHashes = async (places) => {
    const stored = await hashesWithSize(db, places);
    if (size > stored.size) throw new NoProof('beyond_the_tree');
    isReached = true;
    return stored.hashes;
  };
  const proof = await prove(read);
  // A proof of no hashes reads none, and is one only where the tree is as large.
  if (!isReached) await read([]);
  return proof;
};

const none =
  (because: NoProof['because']) =>
  async (read: ReadHashes): Promise<never> => {
    await read([]);
    throw new NoProof(because);
  };

/**
 * Proves that the entry at `index` is in the tree of the first `size` entries.
 * @throws NoProof
 */
export const proveInclusion = (db: Knex, index: number, size: number): Promise<readonly Hash[]> =>
  within(db, size, index >= size ? none('not_in_that_tree') : (read) => inclusionProof(index, size, read));

/**
 * Proves that the tree of `from` entries is how the one of `to` entries began.
 * @throws NoProof
 */
export const proveGrowth = (db: Knex, from: number, to: number): Promise<readonly Hash[]> =>
  within(db, to, from > to ? none('older_is_newer') : (read) => consistencyProof(from, to, read));
