import type { Knex } from 'knex';
import { z } from 'zod';
import { rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';

/**
 * Counts that something was asked for, under each of these keys, in one statement: callers at the same time, on any
 * number of nodes, are counted one by one. A count that has run out begins anew.
 * @returns how often it was asked for under each key since its count began, this time included
 */
export const countAsked = async (
  db: Knex,
  keys: readonly string[],
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<readonly { readonly key: string; readonly times: number }[]> =>
  rowsOf(
    z.strictObject({ key: z.string(), times: whole }),
    db.raw(
      `insert into runtime.links_asked as known (key, times, until)
         select each, 1, :until::timestamptz from unnest(:keys::text[]) as each order by each
       on conflict (key) do update set
         times = case when known.until <= :now then 1 else known.times + 1 end,
         until = case when known.until <= :now then excluded.until else known.until end
       returning key, times`,
      { keys: [...keys], now, until },
    ),
  );

/** Deletes the counts that have run out. @returns how many */
export const pruneAsked = async (db: Knex, now: Date): Promise<number> => {
  const deleted = await db('runtime.links_asked').where('until', '<=', now).delete();
  return deleted;
};
