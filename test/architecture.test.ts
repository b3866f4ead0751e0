import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '..');

/** Which files of ours each folder may import. */
const mayImport: Readonly<Record<string, (file: string) => boolean>> = {
  policies: (file) => file.startsWith('policies/'),
  db: (file) => /^(db|policies)\//.test(file),
  emails: (file) => /^(emails|policies)\//.test(file) || file === 'db/core/outbox.ts',
  server: (file) => /^(server|emails|db|policies)\//.test(file),
};
const folders = Object.keys(mayImport);

const filesIn = (folder: string): string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
        .filter((file) => !file.includes('node_modules'))
    : [];

const sources = folders.flatMap(filesIn).filter((file) => /\.m?[jt]s$/.test(file));

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
const read = (file: string) => withoutComments(readFileSync(path.join(root, file), 'utf8'));

const imported = (file: string): string[] =>
  [...read(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name ?? '');

/** The files of ours that a file imports, as paths from the root, with the extension they have on disk. */
const ours = (file: string): string[] =>
  imported(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.normalize(path.join(path.dirname(file), name)).replace(/\.js$/, '.ts'));

describe('the folders', () => {
  test('hold source at all', () => {
    for (const folder of ['policies', 'db', 'server']) {
      expect(sources.filter((file) => file.startsWith(`${folder}/`)).length).toBeGreaterThan(3);
    }
  });

  test.each(folders)('%s imports only what stands before it: policies, db, emails, server', (folder) => {
    const allowed = mayImport[folder];
    const wrong = sources
      .filter((file) => file.startsWith(`${folder}/`))
      .flatMap((file) => ours(file).map((target) => ({ file, target })))
      .filter(({ target }) => !allowed?.(target));
    expect(wrong).toEqual([]);
  });

  test('have no circles between files', () => {
    const graph = new Map(sources.map((file) => [file, ours(file)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, above: readonly string[]): void => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' -> '));
      if (done.has(file) || above.includes(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...above, file]);
      done.add(file);
    };
    const runtime = (file: string) =>
      [...read(file).matchAll(/^import (?!type\b)[^;]*?['"](\.[^'"]+)['"]/gm)].map(([, name]) =>
        path.normalize(path.join(path.dirname(file), name ?? '')).replace(/\.js$/, '.ts'),
      );
    for (const file of graph.keys()) graph.set(file, runtime(file));
    for (const file of graph.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  test('have no drawer for odds and ends, and no barrels', () => {
    const drawers = sources.filter((file) =>
      /(^|\/)(utils?|helpers?|types|common|misc|shared)(\/|\.m?[jt]s$)/.test(file),
    );
    expect(drawers).toEqual([]);
    const barrels = sources.filter((file) => {
      const statements = read(file)
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean);
      return statements.length > 1 && statements.every((part) => /^export .* from /s.test(part));
    });
    expect(barrels).toEqual([]);
  });
});

describe('policies', () => {
  const policies = sources.filter((file) => file.startsWith('policies/'));

  test('are pure: no I/O, no clock, no randomness, no waiting', () => {
    const impure =
      /\bnode:|\bawait\b|\basync\b|\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bTemporal\.Now\b|\bfetch\(|\bprocess\./;
    expect(policies.filter((file) => impure.test(read(file)))).toEqual([]);
  });
});

describe('a rule that says no', () => {
  test('answers with its key: nothing is thrown and caught to find out whether something may be done', () => {
    const catching = sources.filter((file) => file.startsWith('policies/') && /\bcatch\b/.test(read(file)));
    // What is no time on the London clock is told by the library alone.
    expect(catching).toEqual(['policies/core/london.ts']);
    const meeting = sources.filter((file) =>
      /^server\/(.*\/)?(commands|bar|offered)\.ts$|\/present\//.test(file),
    );
    expect(meeting.length).toBeGreaterThan(10);
    expect(meeting.filter((file) => /\bcatch\b/.test(read(file)))).toEqual([]);
  });
});

describe('the environment', () => {
  test('is read by server/config.ts alone', () => {
    const readers = sources.filter((file) =>
      /\bprocess\s*(\.|\[['"])\s*env\b|from 'node:process'/.test(read(file)),
    );
    expect(readers).toEqual(['server/config.ts']);
  });
});

describe('the database', () => {
  test('is spoken to in SQL by db alone', () => {
    const elsewhere = sources.filter((file) => !file.startsWith('db/'));
    // The driver's types may be named elsewhere, for a store that takes a pool.
    const speaking = elsewhere.filter((file) =>
      /\.raw\(|\bimport (?!type\b)[^;]*from 'pg'|['"`]\s*(select\s.+\sfrom|insert into|delete from|update \w+ set)\s/is.test(
        read(file),
      ),
    );
    expect(speaking).toEqual([]);
  });
});

describe('the top level', () => {
  test('is the design card and what every repository has, nothing else', () => {
    const allowed = new Set([
      'server',
      'policies',
      'db',
      'emails',
      'test',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'Containerfile',
      'Dockerfile',
      'compose.yaml',
      // Made by running it, and not kept in git.
      'node_modules',
      'dist',
      'coverage',
    ]);
    const found = readdirSync(root).filter((name) => !name.startsWith('.') && !name.endsWith('.log'));
    expect(found.filter((name) => !allowed.has(name))).toEqual([]);
  });
});
