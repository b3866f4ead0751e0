import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/**
 * Has each connection read and plan the query once, and keep the plan: for what every call asks, whose
 * planning takes longer than its answer. Only for a query whose text has few shapes: a connection that keeps too many
 * plans is closed (plans.ts). Call it last: the name stands for the text as it is then.
 */
export const prepared = <Q extends Knex.QueryBuilder | Knex.Raw>(query: Q): Q => {
  const { sql } = query.toSQL();
  void query.options({ name: createHash('sha256').update(sql).digest('base64url') });
  return query;
};
