/** The service speaks present-day English: on pages, in mail, in its rules, and to those who read its code. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');

const archaic =
  /\b(?:whoever|whomsoever|hence|whence|thence|thereof|thereby|therein|whereby|hereby|herein|herewith|lest|upon|whilst|amongst|shall|notwithstanding)\b/i;

/** Files that keep such a word, each with the reason. */
const kept: Readonly<Record<string, string>> = {
  'policies/core/rules.ts': 'the text of the rules is the edition that entries name',
  'policies/review/review.ts': 'the text of the rules is the edition that entries name',
  'db/audit/log/bundle/bundle-readme.ts': 'the text goes into bundles that have been given out',
};

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    // Migrations have landed, and stay as they are.
    .filter((name) => /\.(?:ts|mjs|njk|md)$/.test(name) && !/node_modules|db\/migrations\//.test(name));
const pages = readdirSync(root).filter((name) => name.endsWith('.md'));

test('no page, mail, rule or comment has a word that nobody says any more, but for those of a list', () => {
  const found = [...pages, ...['policies', 'db', 'emails', 'server'].flatMap(filesIn)].filter((file) =>
    archaic.test(readFileSync(path.join(root, file), 'utf8')),
  );
  expect(found.toSorted()).toEqual(Object.keys(kept).toSorted());
});
