/**
 * Tries to sign in are counted before a password is looked at, in one statement: so any number of them at once, on any
 * number of nodes, take no more than there are. The keys are digests: nobody reads in a table who failed to sign in.
 */
import type { Knex } from 'knex';
import { z } from 'zod';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';

/** What a try is counted for. */
export interface Count {
  readonly key: string;
  /** Seconds until the next after 1, 2, 3 … tries; the last one holds from there on. */
  readonly waits: readonly number[];
  /** When a count that begins now runs out. */
  readonly ends: Date;
}

/** A wait further ahead was written by a clock that has since been put back, and does not count. */
const beyond = (now: Date): Date => new Date(now.getTime() + 10 * 60 * 1000);

/** SQL that counts one more, if it is free now; the bindings bear the prefix. `from` may hold it back. */
const counting = (prefix: string, from: string): string => {
  const wait = (points: string) =>
    `make_interval(secs => (:${prefix}_waits::float8[])[least(${points}, cardinality(:${prefix}_waits::float8[]))])`;
  const points = 'case when l.ends_at <= :now then 1 else l.points + 1 end';
  return `insert into runtime.limits as l (key, points, free_at, ends_at)
    select :${prefix}_key::text, 1, :now::timestamptz + ${wait('1')}, :${prefix}_ends::timestamptz ${from}
    on conflict (key) do update set
      points = ${points},
      free_at = :now::timestamptz + ${wait(points)},
      ends_at = case when l.ends_at <= :now then excluded.ends_at else l.ends_at end
    where l.free_at <= :now or l.free_at > :beyond or l.ends_at <= :now
    returning l.points, l.free_at > :now as waits`;
};

const bindingsOf = (prefix: string, { key, waits, ends }: Count) => ({
  [`${prefix}_key`]: key,
  [`${prefix}_waits`]: [...waits],
  [`${prefix}_ends`]: ends,
});

const taken = z.strictObject({ waits: z.boolean().nullable(), source: whole.nullable() });

/** How a try was counted: whether the next one of the account has to wait, or what this one waits for. */
export type Taken = { readonly next: 'free' | 'waits' } | { readonly refused: 'account' | 'source' };

/**
 * Counts a try in an account, and for the source that it comes from: both or neither.
 * @param source null for a known browser, which has an allowance of its own
 */
export const takeTry = async (
  db: Knex,
  { account, source, now }: { readonly account: Count; readonly source: Count | null; readonly now: Date },
): Promise<Taken> => {
  const [found] = await rowsOf(
    taken,
    db.raw(
      source === null
        ? `with account as (${counting('account', '')})
           select (select waits from account) as waits, null::int as source`
        : `with account as (${counting('account', '')}), source as (${counting('source', 'from account')})
           select (select waits from account) as waits, (select points from source) as source`,
      {
        now,
        beyond: beyond(now),
        ...bindingsOf('account', account),
        ...(source ? bindingsOf('source', source) : {}),
      },
    ),
  );
  if (!found || found.waits === null) return { refused: 'account' };
  if (source !== null && found.source === null) {
    await giveBack(db, [account.key], now);
    return { refused: 'source' };
  }
  return { next: found.waits ? 'waits' : 'free' };
};

/** Seconds until the next try of that count is free; 0 where it is. */
export const waitOf = async (db: Knex, key: string, now: Date): Promise<number> => {
  const [found] = await rowsOf(
    z.strictObject({ free_at: moment }),
    db('runtime.limits').where({ key }).select('free_at'),
  );
  return Math.max(0, ((found?.free_at.getTime() ?? 0) - now.getTime()) / 1000);
};

/** Takes one try off each of these counts. What was free for it is free again. */
const giveBack = (db: Knex, keys: readonly string[], now: Date): Knex.QueryBuilder =>
  db('runtime.limits')
    .whereIn('key', [...keys])
    .update({ points: db.raw('greatest(points - 1, 0)'), free_at: now });

/** Begins the counts of the account anew, and takes the try off the count of its source. */
export const clearTries = (
  db: Knex,
  { account, source, now }: { readonly account: string; readonly source: string | null; readonly now: Date },
): Knex.QueryBuilder =>
  db('runtime.limits')
    .whereIn('key', source === null ? [account] : [account, source])
    .update({
      points: db.raw('case when key = ? then 0 else greatest(points - 1, 0) end', [account]),
      free_at: now,
    });

/** Whether this is the first of its key until that moment: of any number at once, one is. */
export const isFirst = async (
  db: Knex,
  { key, now, until }: { readonly key: string; readonly now: Date; readonly until: Date },
): Promise<boolean> => {
  const rows = await rowsOf(
    z.strictObject({ key: z.string() }),
    db.raw(
      `insert into runtime.limits as l (key, points, free_at, ends_at) values (:key, 1, :now, :until)
       on conflict (key) do update set ends_at = excluded.ends_at where l.ends_at <= :now
       returning l.key`,
      { key, now, until },
    ),
  );
  return rows.length > 0;
};

/** Deletes the counts that ran out before that moment. @returns how many */
export const pruneTries = async (db: Knex, before: Date): Promise<number> => {
  const deleted = await db('runtime.limits').where('ends_at', '<=', before).delete();
  return deleted;
};
