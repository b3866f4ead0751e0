/** The second table of honest texts, disguised identifiers and names; and hostile texts, whose time grows with their length. */
import { describe, expect, test } from '@jest/globals';
import { cautionsIn } from '../../../../policies/core/words/cautions.js';
import { screen } from '../../../../policies/core/words/screening.js';
import { disguisedTexts, honestTexts, namingTexts } from './second-table.js';

const today = '2026-09-15';
const kindsIn = (text: string): string[] => screen(text, { field: 'reasons', today }).map(({ kind }) => kind);
const namesIn = (text: string) =>
  cautionsIn({ reasons: text }).flatMap(({ kind, words }) => (kind === 'name' ? words : []));

test('the table has more than 120 of each', () => {
  expect(new Set(honestTexts).size).toBeGreaterThan(120);
  expect(new Set(disguisedTexts.map(([, text]) => text)).size).toBeGreaterThan(120);
});

test.each(honestTexts)('“%s” is neither refused nor asked about', (text) => {
  expect([kindsIn(text), cautionsIn({ reasons: text })]).toEqual([[], []]);
});

test.each(disguisedTexts)('as %s is refused: %j', (kind, text) => {
  expect(kindsIn(text)).toContain(kind);
});

test.each(namingTexts)('“%s” is asked about, and not refused', (text) => {
  expect(namesIn(text)).not.toEqual([]);
  expect(kindsIn(text)).toEqual([]);
});

test.each([
  ['Child A of the review of 2019 is cited.', []],
  ['The children and young people agree.', []],
  ['The child I know is not meant.', []],
  ['In May Hillside has no meeting.', []],
  ['We Jane.Smith asked', ['Jane Smith']],
  ['we asked jane smith', ['jane smith']],
])('in “%s” the words asked about are %j', (text, words) => {
  expect(namesIn(text)).toEqual(words);
});

describe('a text of 4,000 hostile characters', () => {
  const units = [
    '0 7 ',
    '0.',
    '07/',
    'a ',
    'A.',
    'a@',
    'a @ a. ',
    '(at)',
    '{ dot }',
    'mail at ',
    'mail a',
    'postcode ',
    'postcode L',
    'phone 0',
    'one ',
    'double ',
    'oh-',
    'born 1 ',
    'nhs 9 ',
    'NI A ',
    'Jane.',
    'J a ',
    'jane ',
    'mother K',
    'the Aas ',
    "Jane's ",
    'May ',
    '\u200B',
    '\u0430',
    '\u0301',
    '１',
  ];
  /** CPU time, so that what else runs on the machine counts for nothing. In microseconds. */
  const timeOf = (text: string): number => {
    const before = process.cpuUsage();
    screen(text, { field: 'reasons', today });
    cautionsIn({ reasons: text });
    return process.cpuUsage(before).user;
  };
  const least = (text: string): number => Math.min(...[1, 2, 3].map(() => timeOf(text)));

  test.each(units)('of %j takes no more than its share of the time for a tenth of it', (unit) => {
    const row = (length: number) => `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}!`;
    timeOf(row(400));
    // Ten times where time grows with the length, and a hundred where it grows with the square.
    expect(least(row(4000)) / Math.max(least(row(400)), 300)).toBeLessThan(45);
  });
});
