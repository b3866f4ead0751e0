/**
 * Statements whose text is worked out once, for what every call asks: to build a long statement and to sum its text for
 * a name takes longer than to send it.
 */
import { createHash } from 'node:crypto';
import type { AnyAbility } from '@casl/ability';
import type { Knex } from 'knex';
import { remembering } from '../../../policies/core/time/remembering.js';
import { mostTexts } from './plan-keeping.js';

/** A statement in knex's spelling: `?` for each binding, `\?` for a question mark. Each connection plans it once. */
export interface Compiled {
  readonly name: string;
  readonly sql: string;
}

/** The text with its name, which is worked out once for each text. */
export const compile = remembering(
  (sql: string): Compiled => ({ name: createHash('sha256').update(sql).digest('base64url'), sql }),
  mostTexts,
);

interface LowLevel {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
  query(
    connection: unknown,
    query: { sql: string; bindings: unknown[]; options: { name: string } },
  ): Promise<{ response: { rows: unknown[] } }>;
}

const isLowLevel = (client: unknown): client is LowLevel =>
  typeof client === 'object' &&
  client !== null &&
  'acquireConnection' in client &&
  'releaseConnection' in client &&
  'query' in client;

/** Sends a compiled statement, in the transaction where `db` is one. @throws as every query does */
export const perform = async (
  db: Knex,
  { name, sql }: Compiled,
  bindings: readonly unknown[],
): Promise<readonly unknown[]> => {
  // knex refuses it as well, where it puts a statement together.
  if (bindings.includes(undefined)) throw new TypeError('A value that a statement is given is undefined.');
  const client: unknown = db.client;
  if (!isLowLevel(client)) throw new Error('knex has no connections of its own any more.');
  const connection = await client.acquireConnection();
  try {
    const { response } = await client.query(connection, { sql, bindings: [...bindings], options: { name } });
    return response.rows;
  } finally {
    await client.releaseConnection(connection);
  }
};

/** Makes things once for an ability, by name: abilities of the same offices of the same person are one. */
export const keptForAbilities = <T extends object>() => {
  const madeFor = new WeakMap<AnyAbility, Map<string, T>>();
  return (ability: AnyAbility, name: string, make: () => T): T => {
    const known = madeFor.get(ability) ?? new Map<string, T>();
    madeFor.set(ability, known);
    const made = known.get(name) ?? make();
    known.set(name, made);
    return made;
  };
};
