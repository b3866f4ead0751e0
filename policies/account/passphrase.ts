/**
 * What a passphrase must be: long enough, and hard to guess for somebody who knows the person and the council.
 * Source: People, accounts and sign-in, “Ways in”; NIST SP 800-63B, 3.1.1.2 (length and a list of what is guessed, and
 * no rules about kinds of characters).
 */

/** The fewest and the most characters. */
export const passphraseLength = { least: 12, most: 1024 } as const;

/** The fewest characters that are nobody's own: a name with a number behind it is guessed first. */
const leastForeign = 8;

/** How many steps of guessing a passphrase withstands, from 0 to 4, as zxcvbn counts them; fewer is refused. */
const leastScore = 3;

/** The words of a person and of the council that a passphrase may not rest on, in lower case. */
export const ownWords = (texts: readonly string[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
      .map((word) => word.toLowerCase())
      .filter((word) => word.length > 2),
  ),
];

/** How many characters are left of a passphrase without those words. */
const foreignIn = (passphrase: string, words: readonly string[]): number => {
  const left = words
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, word) => text.replaceAll(word, ' '), passphrase.toLowerCase());
  return left.match(/\S/gu)?.length ?? 0;
};

/**
 * What is wrong with a passphrase, in words; null where nothing is.
 * @param score how many steps of guessing it withstands
 * @param words that belong to the person and the council, in lower case
 */
export const faultOfPassphrase = (
  passphrase: string,
  { score, words }: { readonly score: (passphrase: string) => number; readonly words: readonly string[] },
): string | null => {
  const { length } = Array.from(passphrase);
  if (length < passphraseLength.least) {
    return `Enter a password of at least ${passphraseLength.least} characters, for example several words`;
  }
  if (foreignIn(passphrase, words) < leastForeign || score(passphrase) < leastScore) {
    return 'Enter a password that is harder to guess: several words that have nothing to do with you or the council';
  }
  return null;
};
