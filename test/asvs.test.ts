/** ASVS.md is whole, and honest as far as it names tests: each requirement once, and each test that it names is there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const here = import.meta.dirname;

/** The requirements of levels 1 and 2 of ASVS 5.0.0, section by section, by the last part of their numbers. */
const asked =
  '1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1-1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 ' +
  '4.1.1-3 4.2.1-1 4.3.1-2 4.4.1-4 5.1.1-1 5.2.1-3 5.3.1-2 5.4.1-3 6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 ' +
  '6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 8.2.1-3 8.3.1-1 8.4.1-1 9.1.1-3 9.2.1-4 10.1.1-2 ' +
  '10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1-1 11.6.1-1 ' +
  '12.1.1-3 12.2.1-2 12.3.1-4 13.1.1-1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 ' +
  '15.3.1-7 16.1.1-1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1-1 17.2.1-4 17.3.1-2';
const all = asked.split(' ').flatMap((section) => {
  const [, name = '', first = '', last = ''] = /^(\d+\.\d+)\.(\d+)-(\d+)$/.exec(section) ?? [];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${name}.${Number(first) + n}`);
});

/** The rows of all tables: the numbers, what it comes to, and what shows it, without marks of Markdown. */
const rows = readFileSync(path.join(here, 'ASVS.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, numbers = '', short = '', shownBy = ''] = line.split('|').map((cell) => cell.trim());
    return { numbers, short, shownBy: shownBy.replaceAll('\\', '') };
  });

/** `1.2.6–1.2.8, 1.3.1`: a span goes over sections, in the order of the standard. */
const numbersIn = (text: string): string[] =>
  text.split(', ').flatMap((part) => {
    const [first = '', last = first] = part.split('–');
    return all.slice(all.indexOf(first), all.indexOf(last) + 1);
  });

const reasons = ['does not apply: ', 'not yet: ', 'outside: '];
const testsIn = (shownBy: string): (readonly [string, string])[] =>
  [...shownBy.matchAll(/`([^`]+)` › (.+?)(?=; `|$)/g)].map(([, file = '', title = '']) => [file, title]);
const hasReason = (shownBy: string): boolean =>
  reasons.some((reason) => shownBy.startsWith(reason) && shownBy.length > reason.length);

describe('the table of ASVS 5.0', () => {
  test('has each requirement of levels 1 and 2', () => {
    expect(all).toHaveLength(253);
    const found = new Set(rows.flatMap(({ numbers }) => numbersIn(numbers)));
    expect(all.filter((number) => !found.has(number))).toEqual([]);
  });

  test('has no number that is none', () => {
    const named = rows.flatMap(({ numbers }) => numbers.split(/, |–/));
    expect(named.filter((number) => !all.includes(number))).toEqual([]);
  });

  test('names for each a test, or the reason why there is none', () => {
    const without = rows.filter(({ shownBy }) => testsIn(shownBy).length === 0 && !hasReason(shownBy));
    expect(without).toEqual([]);
    expect(rows.filter(({ short }) => short === '')).toEqual([]);
  });

  const named = rows.flatMap(({ numbers, shownBy }) =>
    testsIn(shownBy).map(([file, title]) => [numbers, file, title] as const),
  );
  test.each(named)('%s names a test that is there: %s › %s', (_numbers, file, title) => {
    const place = path.join(here, `${file}.test.ts`);
    expect([file, existsSync(place)]).toEqual([file, true]);
    const source = readFileSync(place, 'utf8');
    const quoted = ["'", '`', '"'].some((mark) => source.includes(`${mark}${title}${mark}`));
    const ofMany = source.includes(`} ${title}\``);
    expect([title, quoted || ofMany]).toEqual([title, true]);
  });
});

test('the threats of SECURITY.md name tests that are there', () => {
  const [, threats = ''] = readFileSync(path.join(here, '../SECURITY.md'), 'utf8').split('## Threats');
  const named = [...(threats.split('\n## ')[0] ?? '').matchAll(/`([a-z-]+(?:\/[a-z-]+)*)`/g)].map(
    ([, file = '']) => file,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(path.join(here, `${file}.test.ts`)))).toEqual([]);
});
