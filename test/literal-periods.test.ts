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
/**
 * `10 working days`, `three months`, `five minutes`, `twentieth day`, `an hour`, `half an hour`; not `24-hour clock`, not
 * `the first day of the term`, not `a second person`, and not a day to be chosen: `a day from …`, `a day that …`.
 */
const period = new RegExp(
  String.raw`(?<![\w.{-])(?:` +
    String.raw`(?:${numbers}) (?:(?:clear|working|calendar) )?(?:day|week|fortnight|month|year|hour|minute)s?\b` +
    String.raw`(?<!first day)(?<!first working day)` +
    String.raw`|(?:\d+ seconds?|(?:${numbers}) seconds)\b` +
    String.raw`|(?:half )?an? (?:(?:clear|working|calendar) )?(?:week|fortnight|month|year|hour|minute)\b` +
    String.raw`|an? (?:(?:clear|working|calendar) )?day\b(?! (?:from|that|written)\b))`,
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
  // The job looks once for each month that has begun: policies/deadline/routines.ts, `monthlyLook`.
  'policies/operations/jobs.ts': ['a month'],
};

/** What a date is called that is no bank holiday: a kind of day, and no period. */
const kindsOfDay: Readonly<Record<string, readonly string[]>> = {
  'server/settings/pages/words.ts': ['a working day'],
  'server/settings/views/check.njk': ['a working day'],
  'server/settings/views/index.njk': ['a clear day', 'a working day'],
  'server/settings/views/governance.njk': ['a clear day'],
  // The parts of a date that a form asks for.
  'server/web/schema/fault-words.ts': ['a month', 'a year'],
  // The line of the trail for the entry that begins each date.
  'server/trail/present/words.ts': ['A day'],
};
const letThrough: Readonly<Record<string, readonly string[]>> = { ...withSource, ...kindsOfDay };

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
    ["'Try again in 15 minutes, or in ten minutes'", ['15 minutes', 'ten minutes']],
    ['<p>at most half an hour; an hour before</p>', ['half an hour', 'an hour']],
    ["'Reminded a day before, a working day before, and once a week'", ['a day', 'a working day', 'a week']],
    ["'Wait 30 seconds, or thirty seconds'", ['30 seconds', 'thirty seconds']],
    ["'A second person confirms it. Choose a day from 1 May, a day that is past. Minute 42'", []],
  ])('is found in %j', (text, found) => {
    expect(periodsIn(text)).toEqual(found);
  });

  test.each(['server', 'emails', 'policies'])('stands in no text of %s', (folder) => {
    const files = sourcesIn(folder);
    expect(files.length).toBeGreaterThan(5);
    const literal = files.flatMap((file) => {
      const found = periodsIn(readFileSync(path.join(root, file), 'utf8'));
      const left = found.filter((each) => !letThrough[file]?.includes(each));
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

  test('is let through as a kind of day only where that kind is named', () => {
    for (const [file, allowed] of Object.entries(kindsOfDay))
      expect(periodsIn(readFileSync(path.join(root, file), 'utf8'))).toEqual(
        expect.arrayContaining([...allowed]),
      );
  });
});
