/** What knex makes its pools with, as its page on custom dialects takes it; it brings no types of its own. */
declare module 'knex/lib/dialects/postgres/index.js' {
  import type { Knex } from 'knex';

  export default class PostgresClient extends Knex.Client {
    /** Whether its one connection is in a transaction. */
    readonly transacting?: boolean;
    query(connection: object, sent: object | string): Promise<unknown>;
    /** The text with `$1`, `$2` … in the places of the bindings. */
    positionBindings(sql: string): string;
  }
}
