import type { Knex } from 'knex';
import type { Opening } from './leaf.js';
import type { BundleEntry } from './log/bundle/bundle-write.js';
import { isOpened } from './opened-fields.js';
import { entryBatches, type TrailEntry } from './trail-reading.js';

const bundled = ({ index, type, leaf, values }: TrailEntry): BundleEntry => {
  const disclosures: Opening[] = [];
  const erased: string[] = [];
  for (const [field, kept] of Object.entries(values)) {
    if (!kept || kept.erased) erased.push(field);
    else if (isOpened(type, field, kept.value)) {
      disclosures.push({ field, value: kept.value, salt: Buffer.from(kept.salt, 'hex') });
    }
  }
  return { index, leaf, disclosures, erased };
};

/**
 * The entries from `from` up to `to`, `to` not included, as a bundle gives them out.
 *
 * Each page is read by itself and no transaction is held over them: what has a place in the tree never changes but
 * by erasure, an entry and its values are read at once, and whoever downloads slowly holds up neither the database
 * nor an erasure, which shows from the next page on. Given a transaction, it reads in that.
 */
export async function* bundleEntries(db: Knex, from: number, to: number): AsyncGenerator<BundleEntry> {
  for await (const entries of entryBatches(db, { from, to })) yield* entries.map(bundled);
}
