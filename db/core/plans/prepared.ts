import type { Knex } from 'knex';
import { compile } from './compiled.js';

/**
 * Has each connection read and plan the query once, and keep the plan: for what every call asks, whose
 * planning takes longer than its answer. Only for a query whose text has few shapes: a connection that keeps too many
 * plans is closed (plans.ts). Call it last: the name stands for the text as it is then.
 */
export const prepared = <Q extends Knex.QueryBuilder | Knex.Raw>(query: Q): Q => {
  void query.options({ name: compile(query.toSQL().sql).name });
  return query;
};
