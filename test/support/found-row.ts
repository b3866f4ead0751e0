/** The row that the query finds first. @throws Error if there is none */
export const foundRow = async <Query extends PromiseLike<unknown>>(
  query: Query,
): Promise<NonNullable<Awaited<Query>>> => {
  const row = await query;
  if (row === undefined || row === null) throw new Error('The query found no row.');
  return row;
};
