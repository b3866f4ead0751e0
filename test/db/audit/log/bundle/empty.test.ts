/** A bundle of a stretch in which nothing lies. */
import { expect, test } from '@jest/globals';
import { bundleNames } from '../../../../../db/audit/log/bundle/bundle.js';
import { verifyBundle } from '../../../../../db/audit/log/bundle/bundle-verify.js';
import { MemoryBundle, sourceOf } from './bundles.js';

const readmeOf = (bundle: MemoryBundle): string => bundle.get(bundleNames.readme).toString();

test('says first that it has no entries and that none is missing, and verifies', async () => {
  const bundle = await MemoryBundle.of(await sourceOf({ old: 3, size: 3 }));
  const readme = readmeOf(bundle);
  expect(readme).toMatch(
    /^THIS EXTRACT HAS NO ENTRIES\n\nIt was asked for from 3 up to 3, and no entry lies between\./,
  );
  expect(Math.max(...readme.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const names = [...bundle.entries].map(([name]) => name);
  expect(names.filter((name) => name.includes('/'))).toEqual([]);
  expect(await verifyBundle(bundle)).toMatchObject({ from: 3, to: 3, counts: { leaves: 0 } });
});

test('does not say so where it has one', async () => {
  const bundle = await MemoryBundle.of(await sourceOf({ old: 3, size: 4 }));
  expect(readmeOf(bundle)).toMatch(/^AN EXTRACT OF AN AUDIT TRAIL/);
});
