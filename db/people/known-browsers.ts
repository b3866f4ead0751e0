/** The browsers in which somebody has signed in before, each by the digest of a random token in its cookie. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { rowsOf } from '../core/rows/rows-of.js';

export interface KnownBrowser {
  /** The person's id. */
  readonly person: string;
  readonly tokenHash: Buffer;
  readonly ends: Date;
}

/**
 * SQL: whether the person `p` has signed in before in the browser of that token. Takes the bindings `token` and `at`.
 */
export const isKnownBrowser = `exists (select from runtime.known_browsers k
  where k.person_id = p.id and k.token_hash = :token and k.ends_at > :at)`;

/** Keeps a browser as known. */
export const keepingKnownBrowser = (
  trx: Knex.Transaction,
  { person, tokenHash, ends }: KnownBrowser,
): Knex.QueryBuilder =>
  trx('runtime.known_browsers').insert({ person_id: person, token_hash: tokenHash, ends_at: ends });

/** Deletes what ended before that moment, and of each person what is beyond `most`. @returns how many */
export const pruneKnownBrowsers = async (db: Knex, before: Date, most: number): Promise<number> => {
  const rows = await rowsOf(
    z.strictObject({ person_id: z.string() }),
    db.raw(
      `delete from runtime.known_browsers k using (
         select person_id, token_hash, row_number() over (partition by person_id order by ends_at desc) as place
           from runtime.known_browsers) ranked
       where ranked.person_id = k.person_id and ranked.token_hash = k.token_hash
         and (k.ends_at <= :before or ranked.place > :most)
       returning k.person_id`,
      { before, most },
    ),
  );
  return rows.length;
};
