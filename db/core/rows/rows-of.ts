import type { Knex } from 'knex';
import { z } from 'zod';

/** How the driver answers a statement in SQL; a query that knex built it answers with the rows alone. */
const answered = z.object({ rows: z.array(z.unknown()) });

/**
 * The rows of a query, each held against a schema of its columns: the type of a row comes from there, or for a table
 * by itself from core/tables.ts, and never from an assertion. A column that has gone, or reads otherwise, is then a
 * fault wherever it is asked for.
 * @throws ZodError where a row is not as the schema says: a mistake of ours
 */
export const rowsOf = async <Row>(
  row: z.ZodType<Row>,
  query: Knex.QueryBuilder | Knex.Raw,
): Promise<Row[]> => {
  const answer: unknown = await query;
  const rows: readonly unknown[] = Array.isArray(answer) ? answer : answered.parse(answer).rows;
  return rows.map((each) => row.parse(each));
};

/** A `timestamptz` as the driver reads a column; within JSON it is an `instant` (stored.ts). */
export const moment = z.date();

/** A `bytea`. */
export const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value));

/** The id of a row, as after `returning`. */
export const idOnly = z.strictObject({ id: z.string() });
