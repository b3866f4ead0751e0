import type { Knex } from 'knex';
import { checkpointAt, keepCheckpoint, type StoredCheckpoint } from '../../db/audit/checkpoints.js';
import { signCheckpoint } from '../../db/audit/log/checkpoint.js';
import { rootOf } from '../../db/audit/log/tree.js';
import { storedHashes, treeSize } from '../../db/audit/tree-store.js';
import { awaitTurn } from '../../db/audit/turns.js';
import { inTransaction } from '../../db/connection.js';
import type { SignerState } from './state.js';

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

const requireGrown = async (db: Knex, size: number, state: SignerState): Promise<void> => {
  const before = state.last();
  if (before === null) return;
  if (size < before.size) {
    throw new SigningRefused(
      'tree_shrank',
      `The trail has ${size} entries in its tree, and ${before.size} were signed.`,
    );
  }
  const root = await rootOf(before.size, storedHashes(db));
  if (root.toString('base64') !== before.root) {
    throw new SigningRefused(
      'history_changed',
      `The first ${before.size} entries of the trail are not those that were signed.`,
    );
  }
};

/**
 * Signs the tree as it stands, where it has grown since. What was signed is remembered outside the database
 * before it is signed, and holds against whatever the database says later. One at a time, on however many nodes.
 *
 * @returns the checkpoint; null where there is nothing new to sign
 * @throws SigningRefused when the tree is not what the last signed one has grown into
 */
export const sign = (db: Knex, state: SignerState, at: Date): Promise<StoredCheckpoint | null> =>
  inTransaction(db, async (trx) => {
    await awaitTurn(trx, 'audit.sign');
    const size = await treeSize(trx);
    await requireGrown(trx, size, state);
    if (size === 0 || (await checkpointAt(trx, state.origin, size)) !== null) return null;
    const root = await rootOf(size, storedHashes(trx));
    state.remember({ size, root: root.toString('base64') });
    const note = signCheckpoint({ origin: state.origin, size, root, extensions: [] }, state.signer);
    const checkpoint = { origin: state.origin, size, root, note, at };
    await keepCheckpoint(trx, checkpoint);
    return checkpoint;
  });
