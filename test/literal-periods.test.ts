/** No text of the service states a period by itself: it comes from the settings, or from a rule with its source. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const numbers = [
  String.raw`\d+`,
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety',
  'first|second|third|fourth|fifth|tenth|twentieth|half a',
].join('|');
/** `10 working days`, `three months`, `twentieth day`; not `24-hour clock`, and not `the first day of the term`. */
const period = new RegExp(
  String.raw`(?<![\w.{-])(?:${numbers}) (?:(?:clear|working|calendar) )?(?:day|week|fortnight|month|year|hour)s?\b` +
    String.raw`(?<!first day)(?<!first working day)`,
  'giu',
);

/** Periods that no council sets, in the file that has their source. */
const withSource: Readonly<Record<string, readonly string[]>> = {
  // Need-to-know rules, section 3: how the limit of a visit to a team is called, for its default alone.
  'policies/core/observation-types.ts': ['Half a day'],
  // Need-to-know rules, section 8: no figure may stand in what is said of personal data.
  'policies/core/words/screening.ts': ['two years'],
  // Civil Procedure Rules, rule 54.5, quoted in the notice of a review.
  'policies/review/review.ts': ['three months'],
};

const sourcesIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:njk|m?[jt]s)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

const withoutComments = (text: string): string =>
  text
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/\{#[^]*?#\}/g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');

const periodsIn = (text: string): string[] =>
  [...withoutComments(text).matchAll(period)].map(([found]) => found);

describe('a literal period', () => {
  test.each([
    ['<p>within 10 working days.</p>', ['10 working days']],
    ["'lasts three months at most'", ['three months']],
    ['ends on the fourth day after the poll', ['fourth day']],
    ['{{ allows.review | numberOf("working day") }}, on the 24-hour clock {# in 10 days #}', []],
    ['The first day of the term', []],
  ])('is found in %j', (text, found) => {
    expect(periodsIn(text)).toEqual(found);
  });

  test.each(['server', 'emails', 'policies'])('stands in no text of %s', (folder) => {
    const files = sourcesIn(folder);
    expect(files.length).toBeGreaterThan(5);
    const literal = files.flatMap((file) => {
      const found = periodsIn(readFileSync(path.join(root, file), 'utf8'));
      const left = found.filter((each) => !withSource[file]?.includes(each));
      return left.length > 0 ? [{ file, left }] : [];
    });
    expect(literal).toEqual([]);
  });

  test('has a source wherever it is let through', () => {
    for (const [file, allowed] of Object.entries(withSource))
      expect(periodsIn(readFileSync(path.join(root, file), 'utf8'))).toEqual(
        expect.arrayContaining([...allowed]),
      );
  });
});
