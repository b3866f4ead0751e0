/**
 * One of the values that a column takes, of a type that knows more of them.
 * @throws Error where the rules allow what the table does not
 */
export const within = <const T extends string>(allowed: readonly T[], value: string): T => {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`The column takes only: ${allowed.join(', ')}.`);
  return found;
};
