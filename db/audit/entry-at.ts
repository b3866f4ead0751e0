import type { Knex } from 'knex';
import { bytes, rowsOf } from '../core/rows/rows-of.js';
import { searching, storedLine, type TrailRow } from './search.js';

/** An entry that has its place in the tree, with the bytes that were hashed. */
export interface PlacedEntry {
  readonly row: TrailRow;
  readonly leaf: Buffer;
}

/** The entry at that place; null where the tree does not reach. */
export const entryAt = async (db: Knex, index: number): Promise<PlacedEntry | null> => {
  const [found] = await rowsOf(
    storedLine.extend({ leaf: bytes }),
    db
      .from(searching(db, { index, limit: 1 }).as('found'))
      .join('audit.entries as e', 'e.index', 'found.index')
      .select('found.*', 'e.leaf'),
  );
  if (!found) return null;
  const { leaf, ...row } = found;
  return { row, leaf };
};
