/** One page of a list: the rows to show, and the last of them if more follow. */
export interface Shown<T> {
  readonly items: readonly T[];
  readonly last: T | null;
}

/**
 * Cuts a page from rows that were read with one more than is shown.
 * @param limit how many are shown at most
 */
export const shown = <T>(rows: readonly T[], limit: number): Shown<T> => {
  const items = rows.slice(0, limit);
  return { items, last: rows.length > limit ? (items.at(-1) ?? null) : null };
};
