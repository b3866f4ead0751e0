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

/** The signer's memory, brought up to the current tree. @throws SigningRefused */
const upToDate = (db: Knex, state: SignerState): Promise<Signed | null> =>
  inTransaction(db, async (trx) => {
    await awaitTurn(trx, 'audit.sign');
    return rememberTree(trx, state);
  });

/**
 * The signed checkpoint of a size, even if the tree was not signed at just that size: people ask for the leaves since
 * any size, and only a few were signed. The signer checks against its memory outside the database: it signs a smaller
 * tree only if the last signed one provably began with it, so that its signatures never contradict each other. It
 * does not use the stored notes, because somebody may have rewritten the database; and it stores nothing, because
 * ed25519 gives the same note for the same tree each time.
 *
 * @param size 1 or more
 * @throws TreeSmaller if the tree has never had that size; SigningRefused if the tree is not the signed one
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
 * The newest checkpoint: of the current tree or, if that did not grow from the signed one, of the last one signed.
 * Then a person who kept an earlier one sees that the trail does not lead there.
 * @returns the signed note; null if there is nothing to sign yet
 */
export const newestNote = async (db: Knex, state: SignerState): Promise<string | null> => {
  const last = await upToDate(db, state).catch((error: unknown) => {
    if (error instanceof SigningRefused) return state.last();
    throw error;
  });
  return last && noteOf(state, last);
};
