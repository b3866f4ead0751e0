import type { Knex } from 'knex';
import { appending, NotRecorded, writable, type Entry } from '../audit/append.js';
import { prepared } from './prepared.js';

/** What a reading leaves on the trail. */
export interface ReadingEntry {
  readonly entry: Entry;
  /**
   * SQL for values of the decision that only the rows know, by name: integers or booleans, over the columns of
   * `shown`, or over its number of rows `counted.n` where a list is read.
   */
  readonly filled?: Readonly<Record<string, string>>;
}

/** Every row that the query brings, and the entry, are one statement: its own transaction, its own snapshot. */
const statement = (
  db: Knex,
  query: Knex.QueryBuilder,
  { entry, filled = {} }: ReadingEntry,
  from: string,
) => {
  const written = appending(writable(entry, Object.keys(filled)), filled);
  // The outer select asks for the entry's id: an append that nothing asks for is not carried out.
  return prepared(
    db.raw(
      `with shown as materialized (?), counted as (select count(*)::int as n from shown),
        recorded as materialized (select ${written.sql} as entry from ${from})
      select shown.*, recorded.entry as "recordedAs" from recorded left join shown on true`,
      [query, ...written.bindings],
    ),
  );
};

const run = async <Row>(asked: Knex.Raw): Promise<(Row & { readonly recordedAs: string })[]> => {
  try {
    const { rows } = (await asked) as { rows: (Row & { readonly recordedAs: string })[] };
    return rows;
  } catch (error) {
    throw new NotRecorded(error);
  }
};

/**
 * Reads one thing and records the reading, in one statement that is a transaction of its own: no committed entry, no
 * content. The driver answers once the commit is in. Where the query finds nothing, nothing is recorded.
 *
 * Called with a transaction it joins it, as every query does, and stands with its commit.
 * @returns null where the query finds nothing
 * @throws NotRecorded where the database takes no entry, or fails in any other way
 */
export const readRecorded = async <Row>(
  db: Knex,
  query: Knex.QueryBuilder,
  reading: ReadingEntry,
): Promise<Row | null> => {
  const [row] = await run<Row>(statement(db, query.limit(1), reading, 'shown'));
  return row ?? null;
};

/**
 * Reads a list and records the reading, as `readRecorded` does: an empty list was read as well, and leaves its entry.
 * @param reading `counted.n` is how many rows the query brings
 */
export const listRecorded = async <Row>(
  db: Knex,
  query: Knex.QueryBuilder,
  reading: ReadingEntry,
  column: keyof Row & string,
): Promise<Row[]> => {
  const rows = await run<Row>(statement(db, query, reading, 'counted'));
  // Without a row there is one line still, for the entry.
  return rows.filter((row) => row[column] !== null);
};
