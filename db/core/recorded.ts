import type { Knex } from 'knex';
import { z } from 'zod';
import { appending, appendingSql, NotRecorded, writable, type KnownEntry } from '../audit/append.js';
import { keepEdition } from '../audit/edition.js';
import type { Ask } from './ask.js';
import { compile, perform, type Compiled } from './plans/compiled.js';
import { isOurMistake } from './connection.js';
import { rowsOf } from './rows/rows-of.js';

/**
 * SQL for values of an entry's decision that only the rows know, by name: integers or booleans, over the columns of
 * `shown` where one row is read, and over `counted.n`, the number of rows shown, where a list is.
 */
export type Filled = Readonly<Record<string, string>>;

/** The entry that a reading leaves on the trail. */
export interface ReadingEntry {
  readonly entry: KnownEntry;
  readonly filled?: Filled;
}

const recordedAs = z.object({ recordedAs: z.string().nullable() });
const isRecorded = (row: unknown): boolean => recordedAs.parse(row).recordedAs !== null;

/**
 * Reads and records. If this is the first entry under new rules, stores their text and reads again, because an
 * unrecorded reading must not be shown.
 * @throws NotRecorded if the database takes no entry, or fails in any way except by a mistake of ours in the
 *   statement
 */
const taken = async <Row>(db: Knex, once: () => Promise<readonly Row[]>): Promise<readonly Row[]> => {
  try {
    const first = await once();
    if (first.every(isRecorded)) return first;
    await keepEdition(db);
    const rows = await once();
    if (!rows.every(isRecorded)) throw new Error('The text of the rules was kept, and is not there.');
    return rows;
  } catch (error) {
    throw isOurMistake(error) ? error : new NotRecorded(error);
  }
};

/**
 * SQL of one thing that is read and of the entry of the reading, for a statement that is compiled once.
 * @param sql in knex's spelling, of at most one row
 */
export const recordedSql = (sql: string, filled: Filled): string =>
  `with shown as materialized (${sql}),
    recorded as materialized (select ${appendingSql(Object.keys(filled), filled)} as entry from shown)
  select shown.*, recorded.entry as "recordedAs" from recorded left join shown on true`;

/**
 * Runs a statement made by `recordedSql`.
 * @param bindings of the query that reads
 * @returns the row; nothing, and nothing recorded, if there is no row
 * @throws NotRecorded if the database takes no entry, or fails in any way except by a mistake of ours
 */
export const performRecorded = (
  db: Knex,
  compiled: Compiled,
  bindings: readonly unknown[],
  { entry, filled = {} }: ReadingEntry,
): Promise<readonly unknown[]> =>
  taken(db, () =>
    perform(db, compiled, [...bindings, ...appending(writable(entry, Object.keys(filled))).bindings]),
  );

interface Reading extends Required<ReadingEntry> {
  /** Where the entry's values come from. Without a row there, nothing is recorded. */
  readonly from: 'shown' | 'counted';
  /** How many rows of the list are shown at most; the query may bring one more, to tell that there is one. */
  readonly upTo?: number | undefined;
}

/** The query and the entry are one statement: its own transaction, its own snapshot. */
const statement = (query: Knex.QueryBuilder, { entry, filled, from, upTo }: Reading) => {
  const asked = query.toSQL();
  const written = appending(writable(entry, Object.keys(filled)), filled);
  // The outer select asks for the entry's id: an append that nothing asks for is not carried out.
  return {
    sql: `with shown as materialized (select asked.*, row_number() over () as "placeShown" from (${asked.sql}) as asked),
        counted as (select least(count(*), ?::bigint)::int as n from shown),
        recorded as materialized (select ${written.sql} as entry from ${from})
      select shown.*, recorded.entry as "recordedAs" from recorded left join shown on true order by "placeShown"`,
    bindings: [...asked.bindings, upTo ?? null, ...written.bindings],
  };
};

const line = z.looseObject({
  /** Null on the one line that an empty list leaves, for its entry. */
  placeShown: z.int().nullable(),
  recordedAs: z.string().nullable(),
});

const run = async <Row>(
  db: Knex,
  row: z.ZodType<Row>,
  asked: () => Promise<readonly unknown[]>,
): Promise<Row[]> => {
  const lines = await taken(db, async () => (await asked()).map((each) => line.parse(each)));
  return lines.flatMap(({ placeShown, recordedAs: _entry, ...shown }) =>
    placeShown === null ? [] : [row.parse(shown)],
  );
};

/**
 * Reads one thing and records the reading, in one statement that is its own transaction: no committed entry, no
 * content. The driver answers after the commit. A query that finds nothing records nothing.
 *
 * Called with a transaction it joins it, as every query does, and is committed with it.
 *
 * The query returns at most one row. Running it throws NotRecorded if the database takes no entry, or fails in any
 * way except by a mistake of ours in the statement.
 */
export const recordedOne =
  (db: Knex, entry: KnownEntry, filled: Filled = {}): Ask =>
  (row, query) =>
    run(db, row, () => {
      const { sql, bindings } = statement(query.clone().limit(1), { entry, filled, from: 'shown' });
      return perform(db, compile(sql), bindings);
    });

/** How a list is read. */
export interface ListReading {
  /** How many rows are shown at most; the query may bring one more. */
  readonly upTo?: number;
  /** `each time` where a good plan depends on the values, which a kept plan does not see. */
  readonly plan?: 'once' | 'each time';
}

/**
 * Reads a list and records the reading, as `recordedOne` does: an empty list was read as well, and leaves its entry.
 * The entry's decision says how many rows were `shown`.
 */
export const recordedList =
  (db: Knex, entry: KnownEntry, { upTo, plan = 'once' }: ListReading = {}): Ask =>
  (row, query) => {
    const filled = { shown: 'counted.n' };
    return run(db, row, () => {
      const { sql, bindings } = statement(query.clone(), { entry, filled, from: 'counted', upTo });
      return plan === 'once'
        ? perform(db, compile(sql), bindings)
        : rowsOf(z.unknown(), db.raw(sql, [...bindings]));
    });
  };
