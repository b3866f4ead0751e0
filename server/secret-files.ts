import { readFileSync } from 'node:fs';

type Given = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): value is string => value !== undefined && value.trim() !== '';

/** What a file holds, without the line end that editors put after it; or why not. */
const read = (path: string): { readonly value: string } | { readonly fault: string } => {
  try {
    const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    return isSet(value) ? { value } : { fault: 'is empty' };
  } catch (error) {
    return { fault: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
};

/**
 * The settings with the secrets that files hold, such as a container mounts: `NAME_FILE` is the path of one.
 * @param secrets the names that may be given so
 * @returns `faults` names what is set twice or cannot be read, and never says a path or a value
 */
export const withSecretFiles = (
  given: Given,
  secrets: readonly string[],
): { readonly settings: Given; readonly faults: readonly string[] } => {
  const faults: string[] = [];
  const found: Record<string, string> = {};
  for (const name of secrets) {
    const path = given[`${name}_FILE`];
    if (!isSet(path)) continue;
    const outcome = isSet(given[name])
      ? { fault: `may not be set beside ${name}: set one` }
      : read(path.trim());
    if ('value' in outcome) found[name] = outcome.value;
    else faults.push(`${name}_FILE: ${outcome.fault}`);
  }
  return { settings: { ...given, ...found }, faults };
};
