import type { Knex } from 'knex';
import { search, type TrailRow } from './search.js';

/** An entry that has its place in the tree, with the bytes that were hashed. */
export interface PlacedEntry {
  readonly row: TrailRow;
  readonly leaf: Buffer;
}

/** The entry at that place; null where the tree does not reach. */
export const entryAt = async (db: Knex, index: number): Promise<PlacedEntry | null> => {
  const [row] = await search(db, { index, limit: 1 });
  const found = await db('audit.entries').where({ index }).first<{ leaf: Buffer } | undefined>('leaf');
  return row && found ? { row, leaf: found.leaf } : null;
};
