/** The runner tried on two sample files, one after the other in one process, by a jest of their own. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';

interface Assertion {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');
let code: unknown;
let found: readonly Assertion[] = [];
let said = '';

beforeAll(async () => {
  const { error, stdout, stderr } = await new Promise<{
    error: Error | null;
    stdout: string;
    stderr: string;
  }>((resolve) => {
    execFile(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
        '--json',
        '--runInBand',
        '--testMatch=<rootDir>/test/runner/samples/{first,second}.ts',
        '--testSequencer=<rootDir>/test/runner/samples/by-name.mjs',
      ],
      // Whatever the surroundings force, the words are read without colours.
      { cwd: root, env: { ...process.env, FORCE_COLOR: '0' } },
      (failure, out, err) => resolve({ error: failure, stdout: out, stderr: err }),
    );
  });
  code = error?.['code' as keyof Error];
  said = stderr;
  const { testResults } = JSON.parse(stdout) as {
    testResults: { assertionResults: readonly Assertion[] }[];
  };
  found = testResults.flatMap(({ assertionResults }) => assertionResults);
}, 60_000);

const named = (title: string) => found.find((each) => each.title === title);

test('a run with a failure ends with 1', () => {
  expect(code).toBe(1);
  expect(found).toHaveLength(5);
});

test('a failure names its line in TypeScript', () => {
  expect(named('fails')?.status).toBe('failed');
  expect(named('fails')?.failureMessages.join()).toMatch(/samples\/first\.ts:20:\d+/);
  expect(said).toContain('> 20 |   expect(given.amount).toBe(2);');
});

test('the log of a file appears as its own', () => {
  expect(said).toMatch(/said by a sample\s+at .*samples\/first\.ts:15/);
});

test('a file finds environment, folder and timeout as they were, whatever the one before it did', () => {
  expect(named('finds the process as it was')?.status).toBe('passed');
});

test('what files import is read once for all of them', () => {
  expect(named('shares what it imports')?.status).toBe('passed');
});

test('no file replaces a module', () => {
  expect(named('may not replace what it shares')?.status).toBe('passed');
});
