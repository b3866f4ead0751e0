import type { Knex } from 'knex';
import { bundleEntries } from '../../db/audit/bundle-entries.js';
import { type BundleFile, bundleFiles } from '../../db/audit/log/bundle/bundle-write.js';
import { storedHashes } from '../../db/audit/tree/tree-store.js';
import { signedAt } from '../signing/signed-at.js';
import type { SignerState } from '../signing/state.js';

/** Tree sizes: the leaves from `from` to `to` - 1. */
export interface BundleRange {
  /** The number of entries that the reader has already; 0 for none. */
  readonly from: number;
  /** 1 or more, and not less than `from`. */
  readonly to: number;
}

/**
 * Part of the trail as the files of a bundle (audit.md), the manifest last, with some hundred leaves in memory at a
 * time. The old checkpoint is the one of size `from`; if `from` is 0, it is the one of the first leaf, which is then
 * among the leaves. Nothing is recorded here: the caller records the export first, and commits.
 *
 * @throws RangeError if the sizes are not valid; TreeSmaller and SigningRefused before the first file, like
 *   `signedAt`
 */
export const bundleOfTrail = async (
  db: Knex,
  signer: SignerState,
  { from, to }: BundleRange,
  generatedAt: Date,
): Promise<AsyncIterable<BundleFile>> => {
  if (![from, to].every(Number.isSafeInteger) || from < 0 || to < 1 || from > to) {
    throw new RangeError(`There is no bundle of the leaves from ${from} up to ${to}.`);
  }
  const newNote = await signedAt(db, signer, to);
  const oldNote = await signedAt(db, signer, Math.max(from, 1));
  return bundleFiles({
    vkey: signer.vkey,
    oldNote,
    newNote,
    from,
    entries: bundleEntries(db, from, to),
    read: storedHashes(db),
    generatedAt,
  });
};
