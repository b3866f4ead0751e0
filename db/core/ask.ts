import type { Knex } from 'knex';
import { prepared } from './prepared.js';

/**
 * How a query is asked: by itself, or in one statement with the entry of the reading (recorded.ts). Who builds a
 * query takes one, so that the same query serves a command, which records its change, and a reader.
 */
export type Ask = <Row extends object>(query: Knex.QueryBuilder) => Promise<Row[]>;

/** By itself. */
export const plainly: Ask = async <Row extends object>(query: Knex.QueryBuilder) => (await query) as Row[];

/** By itself, with its plan kept by the connection. */
export const planned: Ask = async <Row extends object>(query: Knex.QueryBuilder) =>
  (await prepared(query)) as Row[];
