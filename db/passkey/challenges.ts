/** The challenges that were answered: each may be once, wherever the answers arrive. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { rowsOf } from '../core/rows/rows-of.js';

/**
 * Uses a challenge up, right or wrong: of any number of answers at once, one is the first.
 * @param ends when it would have run out
 * @returns false where it was answered before
 */
export const useChallenge = async (
  trx: Knex.Transaction,
  { hash, ends }: { readonly hash: Buffer; readonly ends: Date },
): Promise<boolean> => {
  const rows = await rowsOf(
    z.strictObject({ ends_at: z.date() }),
    trx.raw(
      `insert into runtime.passkey_challenges (hash, ends_at) values (:hash, :ends)
         on conflict (hash) do nothing returning ends_at`,
      { hash, ends },
    ),
  );
  return rows.length > 0;
};

/** Deletes those that ran out before that moment. @returns how many */
export const pruneChallenges = async (db: Knex, before: Date): Promise<number> => {
  const deleted = await db('runtime.passkey_challenges').where('ends_at', '<=', before).delete();
  return deleted;
};
