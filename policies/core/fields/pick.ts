/** Those fields of something, and no others. */
export const pick = <T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> => {
  const picked: Partial<Pick<T, Key>> = {};
  for (const key of keys) picked[key] = from[key];
  if (!hasAll(picked, keys)) throw new Error('Each field that is asked for is picked.');
  return picked;
};

const hasAll = <Whole extends object>(part: Partial<Whole>, keys: readonly (keyof Whole)[]): part is Whole =>
  keys.every((key) => key in part);
