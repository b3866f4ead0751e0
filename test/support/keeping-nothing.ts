import type { Knex } from 'knex';

/** Thrown where the commit would be, so that the server takes everything back. */
const takenBack = new Error('Nothing of this is kept.');

/**
 * A pool whose every transaction is taken back where it would be committed, though the app is told that it was: so one
 * council answers any number of calls, each as if it came first. What waits for a commit is checked before.
 */
export const keepingNothing = (db: Knex): Knex => {
  const transaction = async <T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> => {
    let done: { readonly value: T } | undefined;
    try {
      return await db.transaction(async (trx) => {
        const value = await work(trx);
        await trx.raw('set constraints all immediate');
        done = { value };
        throw takenBack;
      });
    } catch (error) {
      if (error !== takenBack || !done) throw error;
      return done.value;
    }
  };
  return new Proxy(db, {
    get: (target, name) => (name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
};
