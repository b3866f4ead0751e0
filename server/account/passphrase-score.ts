/** More of a passphrase is not looked at: what is longer than this is not guessed, and to look takes long. */
const looksAt = 48;

type Score = (passphrase: string, words: readonly string[]) => number;

const loaded = async (): Promise<Score> => {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary },
    maxLength: looksAt,
  });
  return (passphrase, words) => zxcvbn.check(passphrase.slice(0, looksAt), [...words]).score;
};

let made: Promise<Score> | undefined;

/**
 * How many steps of guessing a passphrase withstands, from 0 to 4, by zxcvbn with its dictionaries. These are large, and
 * loaded when somebody first sets a password.
 * @param words that belong to the person and the council, and are guessed first
 */
export const passphraseScore = async (words: readonly string[]): Promise<(passphrase: string) => number> => {
  const score = await (made ??= loaded());
  return (passphrase) => score(passphrase, words);
};
