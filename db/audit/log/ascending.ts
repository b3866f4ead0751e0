/** Whether each value is larger than the one before. */
export const isAscending = (values: readonly (number | string)[]): boolean =>
  values.slice(1).every((value, n) => {
    const before = values[n];
    return before !== undefined && before < value;
  });
