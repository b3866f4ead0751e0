import { keysOf } from './keys-of.js';

/** The same type without undefined values. */
export type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** A copy without undefined values: spread over an object, it changes only what is given. */
export const withoutUndefined = <T extends object>(given: T): Given<T> => {
  const copy: Given<T> = {};
  for (const key of keysOf(given)) if (isGiven(given, key)) copy[key] = given[key];
  return copy;
};

const isGiven = <T extends object, Key extends keyof T>(
  given: T,
  key: Key,
): given is T & { [Each in Key]: Exclude<T[Key], undefined> } => given[key] !== undefined;
