import { describe, expect, test } from '@jest/globals';
import { hasForbiddenCharacters, isBlank, wordCount } from '../../../../policies/core/words/text.js';

describe('counting words', () => {
  test('counts the words between spaces of any width, line ends and dashes', () => {
    expect(wordCount('')).toBe(0);
    expect(wordCount('   \n\t ')).toBe(0);
    expect(wordCount('one two\nthree\u00A0four\u2009five')).toBe(5);
    expect(wordCount('children\u2014and families \u2013 all of them')).toBe(6);
  });

  test('takes a hyphen, an apostrophe and a stop as part of a word', () => {
    expect(wordCount("the committee's well-being, s.47 and 2026/27")).toBe(6);
  });

  test('does not take rows of marks for words', () => {
    expect(wordCount('. . . - - * * \u2022 /// one')).toBe(1);
  });

  test('counts words with accents and in other scripts', () => {
    expect(wordCount('plant a\u0302 the\u0301 \u0441\u043B\u043E\u0432\u043E')).toBe(4);
  });
});

describe('a blank text', () => {
  test('is one in which nothing can be seen', () => {
    for (const text of [
      '',
      '  ',
      '\n\t',
      '\u00A0\u2003',
      '\u200B\u200D\uFEFF',
      '\u2800',
      '\u3164',
      '\u00AD',
    ]) {
      expect([text, isBlank(text)]).toEqual([text, true]);
    }
    for (const text of ['a', ' .', '\u200B0', '\u00E9']) expect([text, isBlank(text)]).toEqual([text, false]);
  });
});

describe('forbidden characters', () => {
  test('are NUL and half of a surrogate pair, and nothing else', () => {
    for (const text of ['a\0b', '\uD800', 'a\uDC00b', '\uDE00\uD83D', '\uD83D\uD83D\uDE00']) {
      expect(hasForbiddenCharacters(text)).toBe(true);
    }
    for (const text of ['', 'plain', '\u{1F600}', 'line\nend\ttab', '\uFFFD', '\u200B', '\uFFFE']) {
      expect(hasForbiddenCharacters(text)).toBe(false);
    }
  });
});
