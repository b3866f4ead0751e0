/**
 * The reference of a case: opaque, given by the case system, and never chosen by a councillor.
 * Source: need-to-know.md, sections 6 and 8.
 */
import {
  caseReferenceSays,
  followsPattern,
  isPrefix,
  longestCaseReference,
  type CaseReferences,
} from '../settings/case-references.js';

/** Of letters, figures and `/._-`, as a case system gives them. */
const likeAReference = /^[\p{L}0-9/._ -]+$/u;
const letterOrFigure = /[\p{L}0-9]/u;

/** Only what case systems put before a number is that long; any other word may be a name or a place. */
const longWord = /\p{L}{4,}/gu;

const day = '(?:0?[1-9]|[12]\\d|3[01])';
const month = '(?:0?[1-9]|1[0-2])';
const monthName = '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)';
const apart = '[/._ -]{1,3}';
/** A day in figures, in each order and with or without anything between its parts. */
const dates = new RegExp(
  [
    `(?<!\\d)${day}${apart}${month}${apart}(?:(?:19|20)\\d{2}|\\d{2})(?!\\d)`,
    `(?<!\\d)(?:19|20)\\d{2}${apart}${month}${apart}${day}(?!\\d)`,
    '(?<!\\d)(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\\d{2}|\\d{2})(?!\\d)',
    '(?<!\\d)(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d)',
    `(?<!\\d)${day}[/._ -]{0,3}${monthName}`,
    `(?<!\\p{L})${monthName}[/._ -]{0,3}(?:19|20)\\d{2}(?!\\d)`,
  ].join('|'),
  'iu',
);

/** Whether it could be the reference of any case system: neither a name nor a date. */
const isUsual = (reference: string, known: CaseReferences): boolean => {
  const fits =
    reference.length <= longestCaseReference &&
    likeAReference.test(reference) &&
    letterOrFigure.test(reference);
  const words = reference.match(longWord) ?? [];
  const isName =
    words.some((word) => !isPrefix(word, known)) ||
    (reference.trim().includes(' ') && !/[0-9]/.test(reference));
  return fits && !isName && !dates.test(reference);
};

/**
 * Why text is no opaque reference of a case; null where it may be one. Where the council has set its own forms, it has one
 * of these, also where its figures read as a date. Where it has set none: a word without a figure is a name, and so is a
 * longer word that no case system puts before its numbers; a date is a date of birth. Neither is ever stored
 * (need-to-know.md, sections 6a and 8).
 */
export const faultOfCaseReference = (reference: string, known: CaseReferences): string | null => {
  const { patterns } = known;
  const fits = patterns.length > 0 ? followsPattern(reference, known) : isUsual(reference, known);
  return fits ? null : caseReferenceSays(known);
};

/** The same for a search: references from before the council set its forms are found as well. */
export const faultOfSearchedCase = (reference: string, known: CaseReferences): string | null =>
  isUsual(reference, known) ? null : faultOfCaseReference(reference, known);

/** Whether two references are of one case, however they are spelt. */
export const isSameCase = (one: string, other: string): boolean => keyOf(one) === keyOf(other);

const keyOf = (reference: string): string =>
  reference
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
