import connectPgSimple from 'connect-pg-simple';
import type { CookieOptions, RequestHandler } from 'express';
import expressSession from 'express-session';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { telling } from './refusals.js';

/** Signed out after an hour without use; the limit of twelve hours in all is kept by actor.ts. */
const idle = 60 * 60 * 1000;

/**
 * The session's cookie: `__Host-session` where it goes over https alone, so that no other host of the
 * domain can set it; `session` on the http of a demonstration.
 */
export const sessionCookie = (baseUrl: URL): { readonly name: string; readonly options: CookieOptions } => {
  const secure = baseUrl.protocol === 'https:';
  return {
    name: secure ? '__Host-session' : 'session',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
};

export interface SessionDeps {
  readonly db: Knex;
  readonly log: Logger;
  readonly sessionSecret: string;
  readonly baseUrl: URL;
  /** Whether this app deletes sessions that have run out, now and then. */
  readonly prune: boolean;
}

/** How much of an hour without use may go unnoticed: a session is not written for each page that is read. */
const unnoticed = 60 * 1000;
/** Most sessions whose last use is remembered; beyond that all are written once more. */
const remembered = 10_000;

/** The store, which notes that a session is in use once a minute and not with each request. */
const storeOf = (options: connectPgSimple.PGStoreOptions) => {
  const Store = connectPgSimple(expressSession);
  return new (class extends Store {
    readonly #noted = new Map<string, number>();

    override touch(sid: string, session: expressSession.SessionData, done?: () => void): void {
      const now = Date.now();
      if (now - (this.#noted.get(sid) ?? 0) < unnoticed) {
        done?.();
        return;
      }
      if (this.#noted.size >= remembered) this.#noted.clear();
      this.#noted.set(sid, now);
      super.touch(sid, session, done);
    }
  })(options);
};

/** Sessions in the table `runtime.sessions`. A caller who is not signed in has none. */
export const session = ({ db, log, sessionSecret, baseUrl, prune }: SessionDeps): RequestHandler => {
  const cookie = sessionCookie(baseUrl);
  return expressSession({
    name: cookie.name,
    secret: sessionSecret,
    store: storeOf({
      pool: pooled(db),
      schemaName: 'runtime',
      tableName: 'sessions',
      createTableIfMissing: false,
      pruneSessionInterval: prune ? 15 * 60 : false,
      errorLog: (message: unknown, error: unknown) => log.error(telling(error), String(message)),
    }),
    cookie: { ...cookie.options, maxAge: idle } as expressSession.CookieOptions,
    rolling: true,
    resave: false,
    saveUninitialized: false,
  });
};

type StorePool = NonNullable<connectPgSimple.PGStoreOptions['pool']>;

/** The one thing the store asks of a pool, on knex's connections: there is then one pool to size and end. */
const pooled = (db: Knex): StorePool => {
  const client = db.client as {
    acquireConnection(): Promise<{ query(sql: string, values: unknown[]): Promise<unknown> }>;
    releaseConnection(connection: unknown): Promise<void>;
  };
  const query = async (sql: string, values: unknown[]): Promise<unknown> => {
    const connection = await client.acquireConnection();
    try {
      return await connection.query(sql, values);
    } finally {
      await client.releaseConnection(connection);
    }
  };
  return { query } as unknown as StorePool;
};
