import type { Knex } from 'knex';
import { search, type TrailRow } from './search.js';

/** An entry that has its place in the tree, with the bytes that were hashed. */
export interface PlacedEntry {
  readonly row: TrailRow;
  readonly leaf: Buffer;
}

/** The entry at that place; null where the tree does not reach. */
export const entryAt = async (db: Knex, index: number): Promise<PlacedEntry | null> => {
  const withLeaf = async <Row extends object>(query: Knex.QueryBuilder): Promise<Row[]> =>
    (await db
      .from(query.as('found'))
      .join('audit.entries as e', 'e.index', 'found.index')
      .select('found.*', 'e.leaf')) as Row[];
  const [found] = (await search(db, { index, limit: 1 }, withLeaf)) as (TrailRow & {
    readonly leaf: Buffer;
  })[];
  if (!found) return null;
  const { leaf, ...row } = found;
  return { row, leaf };
};
