/** The first of rows of which there is always one, as after `returning`. @throws Error where there is none */
export const firstOf = <Row>(rows: readonly Row[]): Row => {
  const [row] = rows;
  if (row === undefined) throw new Error('The query found no row.');
  return row;
};
