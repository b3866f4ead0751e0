/** Small questions about free text: pure, in time proportional to its length. */

/** Whitespace, and the dashes that stand between words without a space. A hyphen joins. */
const betweenWords = /[\s\u2013\u2014]+/u;
const readable = /[\p{L}\p{N}]/u;
const invisible = /[\s\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/gu;

/**
 * The number of words, for rules such as "at least 40 words" (http-api.md, `necessity`). A word has a letter
 * or a digit in it, so that rows of dots and dashes do not make up the number; "well-being" is one word.
 */
export const wordCount = (text: string): number =>
  text.split(betweenWords).filter((word) => readable.test(word)).length;

/** Whether a reader would see nothing: no text, or only spaces, line ends and invisible characters. */
export const isBlank = (text: string): boolean => text.replace(invisible, '') === '';

/**
 * Whether the text has a character that the contract refuses: NUL, or half of a surrogate pair (http-api.md,
 * conventions). PostgreSQL can store neither.
 */
export const hasForbiddenCharacters = (text: string): boolean =>
  text.includes('\0') || /\p{Surrogate}/u.test(text);
