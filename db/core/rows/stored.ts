/** How PostgreSQL writes values into JSON, and how the code reads them. */
import type { Knex } from 'knex';
import { z } from 'zod';

/** A `timestamptz`: ISO 8601 with an offset, down to the microsecond. */
export const instant = z.string().transform((text, context) => {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) {
    context.addIssue({ code: 'custom', message: 'is no instant' });
    return z.NEVER;
  }
  return at;
});

/** A `date`: `YYYY-MM-DD`. */
export const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** An `int8` or `int4`. JSON carries digits; beyond 2^53 they would not be exact. */
export const whole = z.int();

/** A fact and its time. */
export const since = <T extends z.ZodType>(value: T) => z.strictObject({ at: instant, value });

/** SQL for a list of columns as one jsonb value of the column `stored`, by their names. */
export const asJson = (columns: string): string =>
  `(select to_json(kept) from (select ${columns}) as kept) as stored`;

/** The row that `asJson` makes, with what is made of the value. */
export const storedAs = <T>(value: z.ZodType<T>) => z.strictObject({ stored: value });

/**
 * SQL for a list of JSON values, in that order. An array, because an aggregate costs PostgreSQL three times as much to
 * set up, and most lists are short or empty.
 * @param from the rows, from the first table up to the condition
 */
export const listed = (value: string, from: string, order = ''): string =>
  `to_json(array(select ${value} from ${from}${order && ` order by ${order}`}))`;

/** SQL for the rows of a query as one jsonb list, in its order; for a query that returns much besides. */
export const asJsonList = (db: Knex, query: Knex.QueryBuilder): Knex.Raw =>
  db.raw(`coalesce((select jsonb_agg(to_jsonb(kept.*)) from (?) as kept), '[]')`, [query]);
