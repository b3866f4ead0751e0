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
 * The entries of a bundle from `from` up to `to`, `to` not included.
 *
 * Reads each page by itself, with no transaction over them: only an erasure ever changes an entry with a place in the
 * tree, one statement reads an entry with its values, and a slow download must hold up neither the database nor an
 * erasure, which shows from the next page on. Given a transaction, it reads in that one.
 */
export async function* bundleEntries(db: Knex, from: number, to: number): AsyncGenerator<BundleEntry> {
  for await (const entries of entryBatches(db, { from, to })) yield* entries.map(bundled);
}
