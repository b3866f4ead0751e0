import type { Knex } from 'knex';

/** Suspends an account: at its next call the person is signed out, on every node. */
export const suspendAccount = async (trx: Knex.Transaction, id: string, at: Date): Promise<void> => {
  await trx('people').where({ id }).update({ suspended_at: at, sessions_from: at });
};

export const restoreAccount = async (trx: Knex.Transaction, id: string): Promise<void> => {
  await trx('people').where({ id }).update({ suspended_at: null });
};

/** No session of the person that began before counts from now on. */
export const signOutEverywhere = async (trx: Knex.Transaction, id: string, at: Date): Promise<void> => {
  await trx('people').where({ id }).update({ sessions_from: at });
};
