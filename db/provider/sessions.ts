/** Sessions that began with the provider's word. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { rowsOf } from '../core/rows/rows-of.js';

/** Keeps the provider's word with a session, sealed: it is shown to the provider when its owner signs out. */
export const keepWord = async (db: Knex, sid: string, sealed: Buffer): Promise<void> => {
  await db('runtime.sessions').where({ sid }).update({ provider_word: sealed });
};

/** The same again; null where the session has none. */
export const keptWord = async (db: Knex, sid: string): Promise<Buffer | null> => {
  const found = await db('runtime.sessions').where({ sid }).first('provider_word');
  return found?.provider_word ?? null;
};

const ended = z.strictObject({ person: z.string() });

/**
 * Ends the sessions that began with a session there: by its digest, and those of the person that do not say which; or where
 * none is named, all of that person that began there.
 * @returns whose they were, one for each session
 */
export const endSessionsThere = async (
  trx: Knex.Transaction,
  { session, person }: { readonly session: string | null; readonly person: string | null },
): Promise<readonly string[]> => {
  const rows = await rowsOf(
    ended,
    trx.raw(
      `delete from runtime.sessions s
         where s.sess #>> '{passport,user,by}' = 'provider'
           and (s.sess #>> '{passport,user,there}' = :session::text
             or (s.person_id = :person::uuid
               and (:session::text is null or s.sess #>> '{passport,user,there}' is null)))
         returning s.person_id as person`,
      { session, person },
    ),
  );
  return rows.map((row) => row.person);
};
