/** What a file exports is used: by another file, and not by tests alone. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');
const isOfTests = (file: string): boolean => file.startsWith('test/');

/** What only tests use, each with its reason. */
const forTestsAlone: Readonly<Record<string, string>> = {
  'db/audit/log/cosignature.ts cosignaturesOf':
    'the log can read what it writes, as a published example shows',
  'db/audit/log/cosignature.ts cosignatureVerifier': 'and hold it against a key',
  'db/embedded/embedded.ts stopAbandoned': 'the next run of the tests ends a server that a killed run left',
  'db/embedded/lock.ts isHeld': 'and asks first whether it is one',
};

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const sources = new Map(
  ['policies', 'db', 'emails', 'server', 'test'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(top, name))
      .filter((file) => /\.(ts|mjs)$/.test(file) && !file.includes('node_modules'))
      .map((file) => [file, withoutComments(readFileSync(path.join(root, file), 'utf8'))] as const),
  ),
);

interface Import {
  readonly target: string;
  readonly name: string;
}

/** What a file imports of others, name by name. */
const importsOf = (file: string, text: string): Import[] =>
  [...text.matchAll(/\b(?:import|export)\s+([^;'"]*?)\s*from\s*['"](\.[^'"]+)['"]/g)].flatMap(
    ([, names = '', from = '']) => {
      const target = path.join(path.dirname(file), from).replace(/\.js$/, '.ts');
      const whole = /\*\s+as\s+(\w+)/.exec(names)?.[1];
      const found = whole
        ? [...text.matchAll(new RegExp(`\\b${whole}\\.(\\w+)`, 'g'))].map(([, name = '']) => name)
        : (/\{([^}]*)\}/.exec(names)?.[1] ?? '')
            .split(',')
            .map((name) => name.trim().replace(/^type\s+|\s+as\s+.*$/g, ''));
      return found.map((name) => ({ target, name }));
    },
  );

const users = new Map<string, string[]>();
for (const [file, text] of sources) {
  for (const { target, name } of importsOf(file, text)) {
    const key = `${target} ${name}`;
    users.set(key, [...(users.get(key) ?? []), file]);
  }
}

const declaration = /^export\s+(?:abstract\s+|async\s+)*(const|function|class|interface|type)\s+(\w+)/gm;
const isFound = (text: string, name: string): boolean =>
  (text.match(new RegExp(`(?<![\\w.])${name}\\b`, 'g')) ?? []).length > 1;

/** Migrations are found by their number, and the rows are written from the database, all of them. */
const written = /^db\/(migrations\/|core\/rows\/tables\.ts$)/;
const exported = [...sources]
  .filter(([file]) => !written.test(file) && (!isOfTests(file) || file.startsWith('test/support/')))
  .flatMap(([file, text]) =>
    [...text.matchAll(declaration)].map(([, kind = '', name = '']) => ({
      name: `${file} ${name}`,
      file,
      isType: kind === 'interface' || kind === 'type',
      usedHere: isFound(text, name),
      usedBy: users.get(`${file} ${name}`) ?? [],
    })),
  );

describe('what a file exports', () => {
  test('is found', () => {
    expect(exported.length).toBeGreaterThan(1000);
    expect(exported.filter(({ usedBy }) => usedBy.length > 0).length).toBeGreaterThan(1000);
  });

  test('is used by another file; a type may stand in the signature of what is', () => {
    const unused = exported.filter(
      ({ isType, usedHere, usedBy }) => usedBy.length === 0 && !(isType && usedHere),
    );
    expect(unused.map(({ name }) => name)).toEqual([]);
  });

  const ofTestsAlone = exported
    .filter(({ file, usedHere, usedBy }) => !isOfTests(file) && !usedHere && usedBy.every(isOfTests))
    .map(({ name }) => name);

  test('is used by the service, where the service exports it', () => {
    expect(ofTestsAlone.filter((name) => !(name in forTestsAlone))).toEqual([]);
  });

  test('is left to tests alone nowhere that it need not be', () => {
    expect(Object.keys(forTestsAlone).filter((name) => !ofTestsAlone.includes(name))).toEqual([]);
  });
});
