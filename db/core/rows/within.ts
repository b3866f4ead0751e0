/**
 * Narrows a value to those that the column takes, from a type with more of them.
 * @throws Error if the rules allow a value that the table does not
 */
export const within = <const T extends string>(allowed: readonly T[], value: string): T => {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`The column takes only: ${allowed.join(', ')}.`);
  return found;
};
