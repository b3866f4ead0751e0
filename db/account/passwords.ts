import type { Knex } from 'knex';

/**
 * Sets somebody's password; no session that began before counts from now on, but for one where that is to stay.
 * @param hash argon2id in PHC form
 */
export const setPassword = async (
  trx: Knex.Transaction,
  personId: string,
  {
    hash,
    at,
    keeping = null,
  }: { readonly hash: string; readonly at: Date; readonly keeping?: string | null },
): Promise<void> => {
  await trx('people')
    .where({ id: personId })
    .update({ password_hash: hash, password_set_at: at, sessions_from: at, session_kept: keeping });
};
