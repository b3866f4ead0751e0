import type { Knex } from 'knex';
import { z } from 'zod';
import type { Hash } from '../log/hash.js';
import type { Place, ReadHashes } from '../log/tree.js';
import { firstOf } from '../../core/rows/first-of.js';
import { prepared } from '../../core/plans/prepared.js';
import { bytes, rowsOf } from '../../core/rows/rows-of.js';
import { whole } from '../../core/rows/stored.js';

const size =
  'coalesce((select index + 1 from audit.entries where index is not null order by index desc limit 1), 0)';

/** How many entries have their place in the tree. */
export const treeSize = async (db: Knex): Promise<number> => {
  const rows = await rowsOf(z.strictObject({ size: whole }), prepared(db.raw(`select ${size} as size`)));
  return firstOf(rows).size;
};

/**
 * Reads the stored hashes of complete subtrees, each call in one query. One that is not there is left out,
 * so that who asks for it is given fewer than they asked for.
 */
export const storedHashes =
  (db: Knex): ReadHashes =>
  async (places) => {
    const rows = await rowsOf(
      z.strictObject({ hash: bytes }),
      db.raw(
        `select t.hash
         from unnest(?::int[], ?::bigint[]) with ordinality as asked (level, index, place)
         join audit.tree as t on t.level = asked.level and t.index = asked.index
         order by asked.place`,
        [places.map(({ level }) => level), places.map(({ index }) => index)],
      ),
    );
    return rows.map(({ hash }) => hash);
  };

/** Stored hashes of a tree, as `storedHashes` reads them, with the size that it has at that time, in one query. */
export const hashesWithSize = async (
  db: Knex,
  places: readonly Place[],
): Promise<{ readonly size: number; readonly hashes: readonly Hash[] }> => {
  const rows = await rowsOf(
    z.strictObject({ size: whole, hashes: z.array(bytes) }),
    prepared(
      db.raw(
        `select ${size} as size, array(
         select t.hash
           from unnest(?::int[], ?::bigint[]) with ordinality as asked (level, index, place)
           join audit.tree as t on t.level = asked.level and t.index = asked.index
           order by asked.place) as hashes`,
        [places.map(({ level }) => level), places.map(({ index }) => index)],
      ),
    ),
  );
  return firstOf(rows);
};
