import type { Knex } from 'knex';
import { z } from 'zod';
import { appending, appendingSql, NotRecorded, writable, type KnownEntry } from '../audit/append.js';
import { keepEdition } from '../audit/edition.js';
import { perform, type Compiled } from './compiled.js';
import { prepared } from './prepared.js';

/** What a reading leaves on the trail. */
export interface ReadingEntry {
  readonly entry: KnownEntry;
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

type Recorded<Row> = Row & { readonly recordedAs: string | null };

const run = async <Row>(db: Knex, asked: () => Knex.Raw): Promise<Recorded<Row>[]> => {
  const once = async () => ((await asked()) as { rows: Recorded<Row>[] }).rows;
  try {
    const rows = await once();
    if (rows.every(({ recordedAs }) => recordedAs !== null)) return rows;
    // The first entry under these rules: their text comes with it, and what was read unrecorded is not shown.
    await keepEdition(db);
    return await once();
  } catch (error) {
    throw new NotRecorded(error);
  }
};

/**
 * SQL of one thing that is read and of the entry of the reading, for a statement that is compiled once.
 * @param sql in knex's spelling, of at most one row
 * @param filled as in `ReadingEntry`
 */
export const recordedSql = (sql: string, filled: Readonly<Record<string, string>>): string =>
  `with shown as materialized (${sql}),
    recorded as materialized (select ${appendingSql(Object.keys(filled), filled)} as entry from shown)
  select shown.*, recorded.entry as "recordedAs" from recorded left join shown on true`;

const recordedAs = z.object({ recordedAs: z.string().nullable() });

/**
 * Performs a statement that `recordedSql` made.
 * @param bindings of what is read
 * @returns the row; nothing, with nothing recorded, where there is none
 * @throws NotRecorded where the database takes no entry, or fails in any other way
 */
export const performRecorded = async (
  db: Knex,
  compiled: Compiled,
  bindings: readonly unknown[],
  { entry, filled = {} }: ReadingEntry,
): Promise<readonly unknown[]> => {
  const once = () =>
    perform(db, compiled, [...bindings, ...appending(writable(entry, Object.keys(filled))).bindings]);
  try {
    const rows = await once();
    if (rows.every((row) => recordedAs.parse(row).recordedAs !== null)) return rows;
    await keepEdition(db);
    return await once();
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
  const [row] = await run<Row>(db, () => statement(db, query.clone().limit(1), reading, 'shown'));
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
  const rows = await run<Row>(db, () => statement(db, query.clone(), reading, 'counted'));
  // Without a row there is one line still, for the entry.
  return rows.filter((row) => row[column] !== null);
};
