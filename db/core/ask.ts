import type { Knex } from 'knex';
import type { z } from 'zod';
import { prepared } from './plans/prepared.js';
import { rowsOf } from './rows/rows-of.js';

/**
 * How a query is asked: by itself, or in one statement with the entry of the reading (recorded.ts). Who builds a
 * query takes one, so that the same query serves a command, which records its change, and a reader. Each row is held
 * against the schema of its columns, as `rowsOf` does.
 */
export type Ask = <Row>(row: z.ZodType<Row>, query: Knex.QueryBuilder) => Promise<Row[]>;

/** By itself. */
export const plainly: Ask = rowsOf;

/** By itself, with its plan kept by the connection. */
export const planned: Ask = (row, query) => rowsOf(row, prepared(query));
