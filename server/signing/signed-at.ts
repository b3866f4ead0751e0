import type { Knex } from 'knex';
import { signCheckpoint } from '../../db/audit/log/checkpoint.js';
import { awaitTurn } from '../../db/audit/tree/turns.js';
import { inTransaction } from '../../db/core/connection.js';
import { rememberTree, requireLeadsTo, requireSize, SigningRefused, treeOf } from './sign.js';
import type { Signed, SignerState } from './state.js';

/** A size was asked for that the tree does not have. */
class TreeSmaller extends Error {
  constructor(readonly size: number) {
    super(`The tree has ${size} entries.`);
    this.name = 'TreeSmaller';
  }
}

const noteOf = ({ origin, signer }: SignerState, { size, root }: Signed): string =>
  signCheckpoint({ origin, size, root: Buffer.from(root, 'base64'), extensions: [] }, signer);

/** What the signer remembers, brought up to the tree as it stands. @throws SigningRefused */
const upToDate = (db: Knex, state: SignerState): Promise<Signed | null> =>
  inTransaction(db, async (trx) => {
    await awaitTurn(trx, 'audit.sign');
    return rememberTree(trx, state);
  });

/**
 * The signed checkpoint of a size, whether or not the tree was signed when it had just that size: people ask for
 * the leaves since any size, and only a few were signed. What is signed is held against the signer's memory
 * outside the database: it signs a smaller tree only where that is provably how the last signed one began, so
 * that nothing it signs contradicts anything that it signed. The stored notes are not asked, for a database may be
 * rewritten, and nothing is stored: ed25519 gives the same note for the same tree each time, and the store holds
 * what was signed as the trail grew.
 *
 * @param size 1 or more
 * @throws TreeSmaller when the tree has never had that size; SigningRefused when the tree is not what was signed
 */
export const signedAt = async (db: Knex, state: SignerState, size: number): Promise<string> => {
  const before = state.last();
  const last = before !== null && size <= before.size ? before : await upToDate(db, state);
  if (last === null || size > last.size) throw new TreeSmaller(last?.size ?? 0);
  await requireSize(db, last);
  const tree = await treeOf(db, size);
  await requireLeadsTo(db, tree, last);
  return noteOf(state, tree);
};

/**
 * The newest checkpoint: of the tree as it stands, and where that is not what was signed, of the last that was
 * signed. Whoever kept an earlier one sees then that the trail does not lead there.
 * @returns the signed note; null where there is nothing to sign yet
 */
export const newestNote = async (db: Knex, state: SignerState): Promise<string | null> => {
  const last = await upToDate(db, state).catch((error: unknown) => {
    if (error instanceof SigningRefused) return state.last();
    throw error;
  });
  return last && noteOf(state, last);
};
