/** The first row of a result that always has one, as after `returning`. @throws Error if there is none */
export const firstOf = <Row>(rows: readonly Row[]): Row => {
  const [row] = rows;
  if (row === undefined) throw new Error('The query found no row.');
  return row;
};
