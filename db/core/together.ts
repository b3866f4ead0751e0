import type { Knex } from 'knex';

/**
 * Sends several writes as one statement, so that they cost one round trip. Only writes that read nothing of one another
 * and touch no row twice: all of them see the rows as they were before. A row and those that refer to it may come
 * together: the references are looked at when the statement ends.
 */
export const together = async (
  trx: Knex.Transaction,
  writes: readonly (Knex.QueryBuilder | Knex.Raw)[],
): Promise<void> => {
  const [first, ...rest] = writes;
  if (first === undefined) return;
  if (rest.length === 0) await first;
  else {
    const ctes = writes.map((_write, index) => `written${index} as (?)`);
    await trx.raw(`with ${ctes.join(', ')} select`, [...writes]);
  }
};
