/**
 * How a council's case system writes its references: the words that it puts before its numbers, and the forms that it
 * gives. A form is made of `A` for a letter, `9` for a figure, the separators, and the words of the list; it is no regular
 * expression, so that the time to compare grows with the length of a reference and no faster.
 * Source: need-to-know.md, section 6a, last sentence.
 */
import type { FieldError } from '../core/refusals.js';
import { givenNames } from '../core/words/given-names.js';

export interface CaseReferences {
  /** Besides the usual ones; in capitals. */
  readonly prefixes: readonly string[];
  /** `AAA-999999`; none where the council has set none, and then any reference passes that is neither name nor date. */
  readonly patterns: readonly string[];
}

export const noCaseReferences: CaseReferences = { prefixes: [], patterns: [] };

/** The longest case reference, in characters. */
export const longestCaseReference = 40;
export const mostPrefixes = 20;
export const mostPatterns = 10;
export const longestPrefix = 20;

/** Words that case systems put before a number. */
const usualPrefixes: ReadonlySet<string> = new Set([
  'CASE',
  'CLIENT',
  'FILE',
  'ICPC',
  'RCPC',
  'MASH',
  'MOSAIC',
  'LIQUIDLOGIC',
  'AZEUS',
  'CHILD',
  'CHILDRENS',
  'RECORD',
]);

/** Letters in a row that may be any letters: four could be a name. */
const mostAnyLetters = 3;

/** Whether a word before a number is none of a person or a place: it is on the list. */
export const isPrefix = (word: string, { prefixes }: CaseReferences): boolean =>
  usualPrefixes.has(word.toUpperCase()) || prefixes.includes(word.toUpperCase());

type Part = 'letter' | 'figure' | { readonly exactly: string };

const isSeparator = (character: string): boolean => '/._ -'.includes(character);

/** A form as its parts, a character each; null where a word in it is neither letters nor on the list. */
const partsOf = (pattern: string, known: CaseReferences): readonly Part[] | null => {
  const runs = pattern.match(/[A-Z]+|9+|[/._ -]/gu) ?? [];
  if (runs.join('') !== pattern) return null;
  const parts = runs.map((run): readonly Part[] | null => {
    if (run.startsWith('9')) return Array.from(run, () => 'figure');
    if (isSeparator(run)) return [{ exactly: run }];
    if (isPrefix(run, known)) return Array.from(run, (exactly) => ({ exactly }));
    return /^A+$/u.test(run) && run.length <= mostAnyLetters ? Array.from(run, () => 'letter') : null;
  });
  return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
};

const fits = (part: Part, character: string): boolean => {
  if (part === 'letter') return character >= 'A' && character <= 'Z';
  return part === 'figure' ? character >= '0' && character <= '9' : part.exactly === character;
};

/** Whether a reference has one of the council's forms. */
export const followsPattern = (reference: string, known: CaseReferences): boolean => {
  const characters = Array.from(reference.toUpperCase());
  return known.patterns.some((pattern) => {
    const parts = partsOf(pattern, known);
    return parts?.length === characters.length && parts.every((part, at) => fits(part, characters[at] ?? ''));
  });
};

const prefixFault = `Enter words of 2 to ${longestPrefix} letters. A person’s name is none.`;
const patternFault = `Enter a form with A for a letter, 9 for a figure, / . _ - or a space between, and at most ${mostAnyLetters} letters in a row. Put a longer word on the list of words first.`;

const isGoodPrefix = (word: string): boolean =>
  /^[A-Z]+$/u.test(word) &&
  word.length >= 2 &&
  word.length <= longestPrefix &&
  (usualPrefixes.has(word) || !givenNames.has(word.toLowerCase()));

/** Whether a form is written in the signs of one: `999 999 9999` holds no figure of anybody, whatever it looks like. */
export const isInSigns = (pattern: string): boolean => /^[A-Z9/._ -]*$/u.test(pattern.trim().toUpperCase());

const isGoodPattern = (pattern: string, known: CaseReferences): boolean =>
  pattern.length <= longestCaseReference && pattern.includes('9') && partsOf(pattern, known) !== null;

/** As they are stored: in capitals, each once. */
export const tidy = (given: CaseReferences): CaseReferences => {
  const once = (words: readonly string[]): string[] => [
    ...new Set(words.map((word) => word.trim().toUpperCase())),
  ];
  return { prefixes: once(given.prefixes), patterns: once(given.patterns) };
};

/** What is wrong with the words or the forms. */
export const faultsOfCaseReferences = (given: CaseReferences): FieldError[] => {
  const { prefixes, patterns } = tidy(given);
  return [
    ...(prefixes.length <= mostPrefixes && prefixes.every(isGoodPrefix)
      ? []
      : [{ field: 'caseReferences.prefixes', message: prefixFault }]),
    ...(patterns.length <= mostPatterns &&
    patterns.every((each) => isGoodPattern(each, { prefixes, patterns }))
      ? []
      : [{ field: 'caseReferences.patterns', message: patternFault }]),
  ];
};

/** How a reference is written here, for a person who is to enter one. */
export const caseReferenceSays = ({ patterns }: CaseReferences): string =>
  patterns.length === 0
    ? `Enter the reference of your case system, at most ${longestCaseReference} characters, such as CP-2026-0042. Never a name or a date.`
    : `Enter a reference as your council writes it: ${patterns.join(' or ')}, with a letter for A and a figure for 9. Never a name or a date.`;
