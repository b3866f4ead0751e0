import type { Knex } from 'knex';

/**
 * What a pool sends while something is done, BEGIN and COMMIT included, in order. Whoever else uses the pool
 * meanwhile is counted too, so do one thing at a time; the tests' app has no clock that seals or sends mail.
 */
export const statementsOf = async <T>(
  db: Knex,
  act: () => Promise<T>,
): Promise<{ readonly statements: readonly string[]; readonly answer: T }> => {
  const statements: string[] = [];
  const note = ({ sql }: { readonly sql: string }): void => void statements.push(sql);
  db.on('query', note);
  try {
    const answer = await act();
    return { statements, answer };
  } finally {
    db.off('query', note);
  }
};
