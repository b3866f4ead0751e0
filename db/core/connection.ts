import createKnex, { type Knex } from 'knex';
import pg from 'pg';
import { z } from 'zod';
import type { Refusal } from '../../policies/core/refusals.js';
import { planKeeping } from './plans/plan-keeping.js';

/** The part of a logger that the database needs; pino's fits. */
export interface DbLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface DbOptions {
  /** The group role to act as, so that other rights of the login never count. */
  readonly role?: string;
  /** Most connections held at once; 10 by default. */
  readonly max?: number;
  /** Told of each failed query, by code and constraint, never by value. */
  readonly log?: DbLog;
  /** Milliseconds after which the server gives up on a statement; 30,000 by default, 0 for never. */
  readonly statementTimeout?: number;
  /** Most plans that a connection keeps before another takes its place; 500 by default. */
  readonly plans?: number;
}

const int8 = (text: string): number | string => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
};
const plain = (text: string): string => text;
/** One-dimensional arrays of elements that PostgreSQL never quotes. */
const listOf =
  <T>(read: (text: string) => T) =>
  (text: string): (T | null)[] =>
    text === '{}'
      ? []
      : text
          .slice(1, -1)
          .split(',')
          .map((part) => (part === 'NULL' ? null : read(part)));

/** By type OID. Whatever is not named here keeps the driver's own reading. */
const readings: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [20, int8],
  // A `date` is a day, not an instant: a Date would move it across a time zone.
  [1082, plain],
  [1016, listOf(int8)],
  [1182, listOf(plain)],
]);

const types = {
  getTypeParser: (oid: number, format = 'text'): unknown =>
    format === 'binary'
      ? pg.types.getTypeParser(oid, format)
      : (readings.get(oid) ?? pg.types.getTypeParser(oid, 'text')),
};

/**
 * How each of our sessions begins.
 * @throws Error when the role's name is not a plain identifier
 */
export const sessionOptions = ({
  role,
  statementTimeout = 30_000,
}: {
  readonly role?: string | undefined;
  readonly statementTimeout?: number;
}): string => {
  if (role !== undefined && !/^[a-z_][a-z0-9_]*$/.test(role))
    throw new Error('The role is not a plain name.');
  return [
    'timezone=UTC',
    'default_transaction_isolation=read\\ committed',
    `statement_timeout=${statementTimeout}`,
    ...(role === undefined ? [] : [`role=${role}`]),
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');
};

/**
 * Milliseconds for which a connection stays open without a call. Each new one plans every statement again, the longest for
 * ten milliseconds and more; a council calls a few times an hour, and must not wait for that each time.
 */
const idleFor = 10 * 60_000;

/**
 * A pool over PostgreSQL. `date` reads as `YYYY-MM-DD`, `timestamptz` as a Date, `numeric` as text and
 * `int8` as a number while that is exact. Sessions run in UTC at READ COMMITTED. Nothing connects until
 * the first query; end with `db.destroy()`.
 *
 * @throws Error when the URL sets `options` (the driver would let it win over ours) or the role's name
 *   is not a plain identifier.
 */
export const createDb = (
  url: string,
  { role, max = 10, log, statementTimeout = 30_000, plans = 500 }: DbOptions = {},
): Knex => {
  if (/[?&]options=/.test(url)) throw new Error('The database URL may not set `options`.');
  const { client, validate } = planKeeping(plans);
  const db = createKnex({
    client,
    connection: {
      connectionString: url,
      options: sessionOptions({ role, statementTimeout }),
      application_name: 'need-to-know',
      types,
    },
    pool: { min: 0, max, validate, idleTimeoutMillis: idleFor },
    // Otherwise knex writes the bound values into the error's message.
    compileSqlOnError: false,
    log: {
      warn: (message: unknown) => log?.warn({}, String(message)),
      error: (message: unknown) => log?.warn({}, String(message)),
      deprecate: (method: unknown) => log?.warn({ method }, 'deprecated'),
      debug: (message: unknown) => log?.debug({}, String(message)),
    },
  });
  // knex reports the error before it rejects with the same object, from inside transactions too.
  db.on('query-error', (error: unknown, query: { sql?: string } | undefined) => {
    withholdValues(error, query?.sql ?? '');
    if (log !== undefined && isDatabaseError(error)) {
      const { code, constraint, table } = error;
      log.debug({ code, constraint, table }, 'query failed');
    }
  });
  return db;
};

const isDatabaseError = (error: unknown): error is pg.DatabaseError => error instanceof pg.DatabaseError;

/**
 * The parts of an error in which PostgreSQL quotes values: `detail` names the offending row, `where` the arguments of
 * a call.
 */
const tellingFields = ['detail', 'where', 'hint', 'internalQuery', 'internalPosition'] as const;

const withholdValues = (error: unknown, sql: string): void => {
  if (!isDatabaseError(error)) return;
  for (const field of tellingFields) delete error[field];
  // Class 22 (data exception) quotes the value in the message itself: `invalid input syntax for …: "…"`.
  const said = error.message.startsWith(`${sql} - `) ? error.message.slice(sql.length + 3) : error.message;
  const safe = error.code?.startsWith('22') ? said.replace(/["'].*/s, '(value withheld)') : said;
  error.message = sql === '' ? safe : `${sql} - ${safe}`;
  const frames = error.stack?.match(/^ {4}at .*$/gm) ?? [];
  error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
};

/**
 * Deadlock and serialisation failure: the server undid everything and asks for another try. And a kept plan that a
 * migration has overtaken, which has another name by then (plans.ts).
 */
const worthAnotherTry = new Set(['40P01', '40001', '0A000']);

/**
 * Runs `work` in one READ COMMITTED transaction and commits when it resolves. Given a transaction, joins
 * it: the outermost caller commits.
 *
 * A query that failed inside rejects the whole, even where the callback caught the error: PostgreSQL has
 * then given the transaction up, answers COMMIT with ROLLBACK, and knex would report success. (A failure
 * undone by a savepoint is forgiven; use `on conflict` first.)
 *
 * A deadlock, a serialisation failure or an overtaken plan runs `work` once more, from the start, so `work` must keep no state
 * and do nothing outside the database.
 */
export const inTransaction = async <T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> => {
  if (isTransaction(db)) return work(db);
  return atMostTwice(db, work, 'commit');
};

const atMostTwice = async <T>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
  ending: Ending,
): Promise<T> => {
  const first = await attempt(db, work, ending);
  if (!('failure' in first)) return first.value;
  if (!first.again) throw first.failure;
  const second = await attempt(db, work, ending);
  if (!('failure' in second)) return second.value;
  throw second.failure;
};

const isTransaction = (db: Knex): db is Knex.Transaction => db.isTransaction === true;

/** What each transaction of `inTransaction` does last, before it commits; once for each name. */
const lastly = new WeakMap<Knex.Transaction, Map<symbol, () => Promise<void>>>();

/**
 * Has the outermost `inTransaction` do something when the work is done, before it commits: once for each name.
 * @returns false where the transaction is not one of `inTransaction`, and so does it never
 */
export const beforeCommit = (trx: Knex.Transaction, name: symbol, act: () => Promise<void>): boolean => {
  const acts = lastly.get(trx);
  if (acts === undefined) return false;
  acts.set(name, act);
  return true;
};

/** Thrown where the commit would be, so that the server takes everything back. */
const takenBack = new Error('A rehearsal is taken back.');

/**
 * Runs `work` as `inTransaction` does, up to the commit, and takes everything back: what would refuse it then refuses
 * it now, constraints that wait for the commit too. Given a transaction, it cannot be taken back alone.
 *
 * @returns what `work` answered
 * @throws Error within a transaction: a fault of ours; else whatever `inTransaction` throws
 */
export const rehearse = async <T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> => {
  if (isTransaction(db)) throw new Error('A rehearsal needs a transaction of its own.');
  return atMostTwice(db, work, 'take back');
};

type Ending = 'commit' | 'take back';
type Attempt<T> = { readonly value: T } | { readonly failure: unknown; readonly again: boolean };

const attempt = async <T>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
  ending: Ending,
): Promise<Attempt<T>> => {
  const failed: { readonly error: unknown }[] = [];
  let rehearsed: { readonly value: T } | undefined;
  try {
    const value = await db.transaction(async (trx) => {
      trx.on('query-error', (error: unknown) => failed.push({ error }));
      lastly.set(trx, new Map());
      const result = await work(trx);
      if (failed.length > 0) await refuseIfGivenUp(trx, failed);
      for (const act of lastly.get(trx)?.values() ?? []) await act();
      if (ending === 'take back') {
        await trx.raw('set constraints all immediate');
        rehearsed = { value: result };
        throw takenBack;
      }
      return result;
    });
    return { value };
  } catch (failure) {
    if (failure === takenBack && rehearsed) return rehearsed;
    // The callback may have replaced the error of a deadlock: the server's own error decides.
    const codes = [failure, ...failed.map(({ error }) => error)].map((e) =>
      isDatabaseError(e) ? e.code : '',
    );
    return { failure, again: codes.some((code) => code !== undefined && worthAnotherTry.has(code)) };
  }
};

/** Rejects with the first failure when the server holds the transaction for lost. */
const refuseIfGivenUp = async (
  trx: Knex.Transaction,
  failed: readonly { readonly error: unknown }[],
): Promise<void> => {
  const cause = failed[0]?.error;
  try {
    await trx.raw('select 1');
  } catch {
    throw cause;
  }
};

/**
 * Whether it is a mistake of ours, which another try does not mend: a statement that makes no sense (class 42) or gives
 * the database a value that it cannot take (class 22), a value that a schema refuses, or a fault in our own code. Where a
 * right is missing (42501) somebody took it away.
 */
export const isOurMistake = (error: unknown): boolean =>
  isDatabaseError(error)
    ? error.code !== '42501' && /^(?:22|42)/.test(error.code ?? '')
    : error instanceof TypeError ||
      error instanceof RangeError ||
      error instanceof z.ZodError ||
      (error instanceof Error && error.message.startsWith('Undefined binding'));

/** Whether a constraint of one of our tables refused it. */
export const isViolation = (error: unknown): boolean =>
  isDatabaseError(error) &&
  error.code?.startsWith('23') === true &&
  error.constraint !== undefined &&
  error.schema !== 'audit';

/**
 * Turns a violated constraint into the refusal that the map gives for its name. It returns any other error unchanged
 * for the caller to throw: `catch (e) { throw translateViolation(e, { … }) }`. The transaction is lost either way, so
 * translate outside of it.
 */
export const translateViolation = (error: unknown, map: Readonly<Record<string, () => Refusal>>): unknown => {
  if (!isDatabaseError(error) || !error.code?.startsWith('23') || error.constraint === undefined)
    return error;
  return Object.hasOwn(map, error.constraint) ? (map[error.constraint]?.() ?? error) : error;
};
