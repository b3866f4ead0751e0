/** One spelling for what looks the same, before a text is screened (need-to-know.md, section 6a). */

const lineOrSpace = /[\s\x85\u2800]/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}\p{Cc}]/gu;

const strip = (text: string): string =>
  text.replace(invisible, (character) =>
    // A line end is a control character too. U+FEFF counts as a space in JavaScript, and is as wide as nothing.
    lineOrSpace.test(character) && character !== '\uFEFF' ? ' ' : '',
  );

/** The value of a decimal digit of any script: Unicode keeps them in tens, each ten in order from 0 to 9. */
const digitValue = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
};

/** Letters of other scripts that look like ours, in the same order. */
const otherLetters = 'аеорсухіјѕԁһԛԝкмтвАВЕКМНОРСТУХІЈЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν';
const ourLetters = 'aeopcyxijsdhqwkmtbABEKMHOPCTYXIJSQWABEZHIKMNOPTYXoiv';
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Array.from(otherLetters, (letter, at) => [letter, ourLetters.charAt(at)]),
);
const otherScripts = /[\u0370-\u03FF\u0400-\u052F]/gu;
const inOurLetters = (text: string): string =>
  text.replace(otherScripts, (letter) => lookAlikes.get(letter) ?? letter);

/**
 * The text as it reads: nothing invisible, no accents, full-width letters and digits as plain ones, every dash
 * `-`, every run of white space one space. Marks go first, because normalising a long run of them takes time in
 * the square of its length; and once more, because normalising may set some free.
 */
export const asRead = (text: string): string =>
  inOurLetters(strip(strip(text).normalize('NFKC')))
    .replace(/(?![0-9])\p{Nd}/gu, digitValue)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02BC]/gu, "'")
    .replace(/[\s\u2800]+/gu, ' ');

/** A text of several lines with its accents, with nothing invisible in it, and with letters that look like ours as ours. */
export const inPlainLetters = (text: string): string =>
  inOurLetters(
    text
      .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
      .replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCodePoint((wide.codePointAt(0) ?? 0) - 0xfee0)),
  );

/** Letters and figures that stand one by one: "L S 1 4 A P", "L.S.1. 4.A.P". */
const oneByOne = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[ ._/-]{1,3}[\p{L}\p{N}](?![\p{L}\p{N}])){4,40}/gu;

/** What stands one by one in a text as it reads, run together; each run by itself. */
export const runTogether = (read: string): string =>
  [...read.matchAll(oneByOne)].map(([run]) => run.replaceAll(/[^\p{L}\p{N}]/gu, '')).join(' | ');

const spoken: Readonly<Record<string, string>> = {
  zero: '0',
  nought: '0',
  oh: '0',
  o: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
};
const spokenWord =
  '(?:zero|nought|oh|o|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|hundred)';
const spokenRow = new RegExp(`(?<!\\p{L})${spokenWord}(?:[ ,.-]{1,3}${spokenWord}(?!\\p{L})){5,20}`, 'giu');

/** One row of spoken figures, in figures: "double oh" is two of them, and "nine hundred" has two noughts. */
const inFigures = (row: string): string => {
  let times = 1;
  return (row.toLowerCase().match(/[a-z]+/g) ?? [])
    .map((word) => {
      if (word === 'hundred') return '00';
      const figure = spoken[word];
      const said = figure?.repeat(times) ?? '';
      times = word === 'double' ? 2 : figure === undefined ? 3 : 1;
      return said;
    })
    .join('');
};

/** The figures that a text as it reads has in words, each row by itself. */
export const spokenAsFigures = (read: string): string =>
  [...read.matchAll(spokenRow)].map(([row]) => inFigures(row)).join(' | ');
