import type { Knex } from 'knex';
import { checkpointAt, keepCheckpoint, type StoredCheckpoint } from '../../db/audit/tree/checkpoints.js';
import { signCheckpoint } from '../../db/audit/log/checkpoint.js';
import { consistencyProof, rootOf } from '../../db/audit/log/tree.js';
import { ProofFault, verifyConsistency } from '../../db/audit/log/proof/verify.js';
import { storedHashes, treeSize } from '../../db/audit/tree/tree-store.js';
import { awaitTurn } from '../../db/audit/tree/turns.js';
import { inTransaction } from '../../db/core/connection.js';
import type { Signed, SignerState } from './state.js';

/** Why the signer does not sign: the tree is not one that the tree it signed last has grown into. */
export class SigningRefused extends Error {
  constructor(
    readonly code: 'tree_shrank' | 'history_changed',
    sentence: string,
  ) {
    super(sentence);
    this.name = 'SigningRefused';
  }
}

/**
 * That the smaller tree is how the larger one began: by a proof over the stored hashes, so that it does not matter
 * which of them somebody has changed.
 * @throws SigningRefused
 */
export const requireLeadsTo = async (db: Knex, old: Signed, grown: Signed): Promise<void> => {
  const proof = await consistencyProof(old.size, grown.size, storedHashes(db));
  const [oldRoot, newRoot] = [Buffer.from(old.root, 'base64'), Buffer.from(grown.root, 'base64')];
  try {
    verifyConsistency({ oldSize: old.size, oldRoot, newSize: grown.size, newRoot, proof });
  } catch (error) {
    if (!(error instanceof ProofFault)) throw error;
    throw new SigningRefused(
      'history_changed',
      `The first ${old.size} entries of the trail are not those that were signed.`,
    );
  }
};

/** The tree of the first `size` entries, as it is stored. */
export const treeOf = async (db: Knex, size: number): Promise<Signed> => ({
  size,
  root: (await rootOf(size, storedHashes(db))).toString('base64'),
});

/** The size of the tree. @throws SigningRefused when it is less than was signed */
export const requireSize = async (db: Knex, signed: Signed | null): Promise<number> => {
  const size = await treeSize(db);
  if (signed === null || size >= signed.size) return size;
  throw new SigningRefused(
    'tree_shrank',
    `The trail has ${size} entries in its tree, and ${signed.size} were signed.`,
  );
};

/**
 * Remembers the current tree as the last one signed. Call it in the signer's turn and before signing: this memory is
 * outside the database, so it counts whatever the database says later.
 *
 * @returns what it remembers; null for an empty tree
 * @throws SigningRefused if the tree did not grow from the last signed one
 */
export const rememberTree = async (trx: Knex.Transaction, state: SignerState): Promise<Signed | null> => {
  const before = state.last();
  const size = await requireSize(trx, before);
  if (size === 0) return null;
  const tree = await treeOf(trx, size);
  if (before !== null) await requireLeadsTo(trx, before, tree);
  if (before?.size !== size) state.remember(tree);
  return tree;
};

/**
 * Signs the current tree if it has grown, and stores the checkpoint. One at a time, on any number of nodes.
 *
 * @returns the checkpoint; null if there is nothing new to sign
 * @throws SigningRefused if the tree did not grow from the last signed one
 */
export const sign = (db: Knex, state: SignerState, at: Date): Promise<StoredCheckpoint | null> =>
  inTransaction(db, async (trx) => {
    await awaitTurn(trx, 'audit.sign');
    const tree = await rememberTree(trx, state);
    if (tree === null || (await checkpointAt(trx, state.origin, tree.size)) !== null) return null;
    const { size } = tree;
    const root = Buffer.from(tree.root, 'base64');
    const note = signCheckpoint({ origin: state.origin, size, root, extensions: [] }, state.signer);
    const checkpoint = { origin: state.origin, size, root, note, at };
    await keepCheckpoint(trx, checkpoint);
    return checkpoint;
  });
