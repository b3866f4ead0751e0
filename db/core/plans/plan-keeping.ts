import type { Knex } from 'knex';
import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import pg from 'pg';
import { remembering } from '../../../policies/core/time/remembering.js';

/** Texts of which is kept what was worked out: as many as a connection keeps plans. */
export const mostTexts = 500;
/** Longer ones write many rows at once, and are seldom the same twice. */
const longest = 20_000;

interface Sent {
  readonly options?: { readonly name?: string };
}

/** A migration changed what a kept plan answers with: PostgreSQL refuses to run it for as long as it is kept. */
const cannotRun = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '0A000';

/**
 * The plans that the connections of one pool keep by name (prepared.ts, compiled.ts). A plan that a migration has
 * overtaken is asked for under a new name, on every connection; a query outside of a transaction is then sent once more,
 * and a transaction runs once more by `inTransaction`.
 *
 * @param most plans a connection may keep: one that has more is closed, and another is opened in its place
 */
export const planKeeping = (
  most: number,
): { readonly client: typeof Knex.Client; readonly validate: (connection: object) => boolean } => {
  const kept = new WeakMap<object, Set<string>>();
  /** How often plans were overtaken. */
  let overtaken = 0;
  const nameNow = (name: string): string => (overtaken === 0 ? name : `${name}.${overtaken}`);

  /** To look through a long text takes as long as to send it. */
  const positioned = remembering((sql: string) => PostgresClient.prototype.positionBindings(sql), mostTexts);

  class PlanKeepingClient extends PostgresClient {
    override positionBindings(sql: string): string {
      return sql.length > longest ? super.positionBindings(sql) : positioned(sql);
    }

    override async query(connection: object, sent: Sent | string): Promise<unknown> {
      const name = typeof sent === 'string' ? undefined : sent.options?.name;
      if (typeof sent === 'string' || name === undefined) return super.query(connection, sent);
      const send = (as: string): Promise<unknown> => {
        const names = kept.get(connection) ?? new Set();
        kept.set(connection, names.add(as));
        // A copy each time: knex writes into what it is given.
        return super.query(connection, { ...sent, options: { ...sent.options, name: as } });
      };
      const as = nameNow(name);
      try {
        return await send(as);
      } catch (error) {
        if (!cannotRun(error)) throw error;
        // Of many that fail at once the first counts.
        if (as === nameNow(name)) overtaken += 1;
        if (this.transacting) throw error;
        return send(nameNow(name));
      }
    }
  }

  return { client: PlanKeepingClient, validate: (connection) => (kept.get(connection)?.size ?? 0) <= most };
};
