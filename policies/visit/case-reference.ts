/**
 * The reference of a case: opaque, given by the case system, and never chosen by a councillor.
 * Source: need-to-know.md, sections 6 and 8.
 */

/** The longest case reference, in characters. */
export const longestCaseReference = 40;

/** Of letters, figures and `/._-`, as a case system gives them. */
const likeAReference = /^[\p{L}0-9/._ -]+$/u;
const letterOrFigure = /[\p{L}0-9]/u;

/**
 * Why text is no opaque reference of a case; null where it may be one. Several words without a figure are
 * a name, and a name is never stored (need-to-know.md, section 8).
 */
export const faultOfCaseReference = (reference: string): string | null => {
  const fits =
    reference.length <= longestCaseReference &&
    likeAReference.test(reference) &&
    letterOrFigure.test(reference);
  const isName = reference.trim().includes(' ') && !/[0-9]/.test(reference);
  return fits && !isName
    ? null
    : `Enter the reference of your case system, at most ${longestCaseReference} characters, such as CP-2026-0042. Never a name.`;
};

/** Whether two references are of one case, however they are spelt. */
export const isSameCase = (one: string, other: string): boolean => keyOf(one) === keyOf(other);

const keyOf = (reference: string): string =>
  reference
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
