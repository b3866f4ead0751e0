import type { Knex } from 'knex';
import { bundleEntries } from '../../db/audit/bundle-entries.js';
import { type BundleFile, bundleFiles } from '../../db/audit/log/bundle/bundle-write.js';
import { storedHashes } from '../../db/audit/tree/tree-store.js';
import { signedAt } from '../signing/signed-at.js';
import type { SignerState } from '../signing/state.js';

/** Tree sizes: the leaves from `from` to `to` - 1. */
export interface BundleRange {
  /** What the reader holds already; 0 for one who holds nothing. */
  readonly from: number;
  /** 1 or more, and not less than `from`. */
  readonly to: number;
}

/**
 * Part of the trail as the files of a bundle (audit.md), the manifest last, with some hundred leaves in memory at a
 * time. The old checkpoint is that of size `from`; from 0 on it is that of the first leaf alone, which is among the
 * leaves then. Whoever asks for one records it first, and commits: nothing is recorded here.
 *
 * @throws RangeError when the sizes are none; TreeSmaller and SigningRefused before the first file, as `signedAt`
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
