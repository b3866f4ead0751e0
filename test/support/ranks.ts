/**
 * How likely a value of the first sample is above one of the second, halves for equal ones (Mann and Whitney's U over the
 * number of pairs): a half where nothing tells the two apart, whatever single outliers there are.
 */
export const likelihoodAbove = (first: readonly number[], second: readonly number[]): number => {
  const above = first.map((one) =>
    second.reduce((sum, other) => sum + (one > other ? 1 : one === other ? 0.5 : 0), 0),
  );
  return above.reduce((sum, each) => sum + each, 0) / (first.length * second.length);
};
