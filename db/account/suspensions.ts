import type { Knex } from 'knex';

/** Suspends an account: at its next call the person is signed out, on every node. */
export const suspendAccount = async (trx: Knex.Transaction, id: string, at: Date): Promise<void> => {
  await trx('people').where({ id }).update({ suspended_at: at, sessions_from: at });
};

/**
 * Lifts a suspension. The offices of the person wait again, as if they were given anew: before, while it still stands.
 * @returns how many wait; the councillor's comes with the register, and stays
 */
export const restoreAccount = async (
  trx: Knex.Transaction,
  id: string,
  { by, at, today }: { readonly by: string; readonly at: Date; readonly today: string },
): Promise<number> => {
  const waiting = await trx('offices_held')
    .where({ person_id: id, confirmed: true })
    .whereNot({ office: 'councillor' })
    .whereRaw(`coalesce(to_date, 'infinity') >= ?::date`, [today])
    .update({ given_by: by, given_at: at, confirmed_by: null, confirmed_at: null });
  await trx('people').where({ id }).update({ suspended_at: null });
  return waiting;
};

/** No session of the person that began before counts from now on. */
export const signOutEverywhere = async (trx: Knex.Transaction, id: string, at: Date): Promise<void> => {
  await trx('people').where({ id }).update({ sessions_from: at });
};
