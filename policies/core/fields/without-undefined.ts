import { keysOf } from './keys-of.js';

/** What is given at all. */
export type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** A copy without what is undefined: spread over something else it changes only what is given. */
export const withoutUndefined = <T extends object>(given: T): Given<T> => {
  const copy: Given<T> = {};
  for (const key of keysOf(given)) if (isGiven(given, key)) copy[key] = given[key];
  return copy;
};

const isGiven = <T extends object, Key extends keyof T>(
  given: T,
  key: Key,
): given is T & { [Each in Key]: Exclude<T[Key], undefined> } => given[key] !== undefined;
