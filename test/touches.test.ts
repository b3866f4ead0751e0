import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { isLong } from './support/long.js';

const namedBy = (field: string): string[] => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.resolve(import.meta.dirname, 'touches.mjs'), field],
    { encoding: 'utf8' },
  );
  expect([field, status, stderr]).toEqual([field, 0, '']);
  return [...stdout.matchAll(/^ {2}(\S+)$/gm)].map(([, file = '']) => file);
};

const fields = ['decision.reasons', 'decision.grounds', 'decision.categories'];

test.each(isLong ? fields : fields.slice(0, 1))(
  '%s is named by six files at most',
  (field) => {
    const files = namedBy(field);
    expect(files).toContain('server/decision/bodies.ts');
    expect(files.length).toBeLessThanOrEqual(6);
  },
  120_000,
);
