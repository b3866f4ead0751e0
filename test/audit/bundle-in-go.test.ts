import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bundleNames } from '../../db/audit/log/bundle/bundle.js';
import { verifyBundle } from '../../db/audit/log/bundle/bundle-verify.js';
import type { Json } from '../../db/audit/leaf.js';
import { logKeys, makeEntry, MemoryBundle, sourceOf } from '../db/audit/log/bundle/bundles.js';
import { flipped } from '../db/audit/log/codes.js';
import { keysOf } from '../db/audit/log/keys.js';
import { isLong } from '../support/long.js';
import { buildVerifier, hasGo, noGo } from './build.js';

const installed = await hasGo();
const world = mkdtempSync(path.join(tmpdir(), 'bundle-in-go-'));
const folder = path.join(world, 'bundle');
let program = '';

/** What lies in the folder now. Only what differs from it is written. */
let there = new Map<string, Buffer>();
const lay = (bundle: MemoryBundle): void => {
  const next = new Map(bundle.entries);
  for (const name of there.keys()) if (!next.has(name)) rmSync(path.join(folder, name));
  for (const [name, bytes] of next) {
    if (there.get(name) === bytes) continue;
    if (!there.has(name)) mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  there = next;
};

/** What the program says of a bundle: `no fault`, or the file that it names. */
const inGo = async (bundle: MemoryBundle, ...args: readonly string[]): Promise<string> => {
  lay(bundle);
  try {
    await promisify(execFile)(program, [...args, folder]);
    return 'no fault';
  } catch (error) {
    const { code, stderr } = error as { code: unknown; stderr: string };
    if (code !== 1) throw error;
    return stderr.split(': ')[0] as string;
  }
};

/** Ours, for comparison. */
const inOurs = (bundle: MemoryBundle): Promise<string> =>
  verifyBundle(bundle).then(
    () => 'no fault',
    (error: { file: string }) => error.file,
  );

const flip = (bundle: MemoryBundle, name: string, part: number): MemoryBundle => {
  const bytes = bundle.get(name);
  return bundle.with(name, flipped(bytes, Math.floor(part * (bytes.length * 8 - 1))));
};

/** What was done, to what bundle, and the file that has to be named. */
type Damage = readonly [what: string, bundle: MemoryBundle, file: string];

/** Ways to damage a bundle of the leaves from 0 up to `size`. */
const damages = (bundle: MemoryBundle, size: number): Damage[] => {
  const last = size - 1;
  const leaf = `leaves/${last}.json`;
  const proof = `proofs/${last}.tlog-proof`;
  const values = `disclosures/${last}.json`;
  const further = `leaves/${size}.json`;
  const parts = size > 3 && !isLong ? [0.5] : [0, 0.1, 0.5, 0.9, 1];
  const bits = (name: string, named = name): Damage[] =>
    parts.map((part) => [`a bit of ${name}`, flip(bundle, name, part), named]);
  const alone: Damage[] = [
    ...Object.values(bundleNames).flatMap((name) => bits(name)),
    ...bits(leaf, proof),
    ...bits(proof),
    ...bits(values),
    ['a leaf left out', bundle.without(leaf), leaf],
    ['a proof left out', bundle.without(proof), proof],
    ['the values left out', bundle.without(values), values],
    ['a file too many', bundle.with(further, bundle.get(leaf)), further],
    ['a file of another kind', bundle.with('leaves/x', ''), 'leaves/x'],
    ['a value changed', bundle.edit(values, '"OBS-', '"OBS '), values],
    ['a salt changed', bundle.edit(values, /"salt":"[^"]{4}/, '"salt":"____'), values],
    ['a proof lengthened', bundle.edit(proof, '\n\n', `\n${'A'.repeat(43)}=\n\n`), proof],
  ];
  if (size === 1) return alone;
  const [first, other] = [bundle.get('leaves/0.json'), bundle.get(leaf)];
  const [older, newer] = [bundle.get(bundleNames.old), bundle.get(bundleNames.new)];
  return [
    ...alone,
    ['a proof cut', bundle.edit(proof, /(index \d+\n).*\n/, '$1'), proof],
    ['leaves swapped', bundle.with('leaves/0.json', other).with(leaf, first), 'proofs/0.tlog-proof'],
    [
      'the older tree for the newer',
      bundle.with(bundleNames.old, newer).with(bundleNames.new, older),
      bundleNames.consistency,
    ],
  ];
};

const given = installed ? describe : describe.skip;

if (!installed) {
  test.skip(noGo, () => undefined);
  // jest names no test of a file in which all are skipped.
  process.stderr.write(`${noGo}\n`);
}

beforeAll(async () => {
  if (installed) program = await buildVerifier(world);
}, 300_000);
afterAll(() => rmSync(world, { recursive: true, force: true }));

given('the program in Go', () => {
  test.each([1, 2, 3, 255, 256, 257])('finds a bundle of %d whole, and damage where we do', async (size) => {
    const source = await sourceOf({ old: Math.ceil(size / 2), size, from: 0 });
    const bundle = await MemoryBundle.of(source);
    expect(await inGo(bundle)).toBe('no fault');
    // In short the damage is tried on one and on two of an uneven tree: where it is does not depend on the size.
    const tried = isLong || size === 1 || size === 3 || size === 257 ? damages(bundle, size) : [];
    for (const [what, damaged, named] of tried) {
      expect({ what, named: await inGo(damaged) }).toEqual({ what, named });
      expect({ what, ours: await inOurs(damaged) }).not.toEqual({ what, ours: 'no fault' });
    }
    expect(await inGo(bundle)).toBe('no fault');
  });

  test.each([
    { old: 0, size: 3 },
    { old: 3, size: 3 },
    { old: 255, size: 256 },
    { old: 200, size: 257, from: 100 },
  ])('finds one whole that begins later: %j', async (shape) => {
    expect(await inGo(await MemoryBundle.of(await sourceOf(shape)))).toBe('no fault');
  });

  test('knows one log from another by the key', async () => {
    const known = path.join(world, 'known.vkey');
    writeFileSync(known, `${logKeys.open}\n`);
    const [ours, foreign] = await Promise.all(
      [logKeys, keysOf('log.example/trail', 'note', 'another seed')].map(async (keys) =>
        MemoryBundle.of(await sourceOf({ old: 1, size: 3, keys })),
      ),
    );
    expect(await inGo(ours as MemoryBundle, '-key', known)).toBe('no fault');
    expect(await inGo(foreign as MemoryBundle)).toBe('no fault');
    expect(await inGo(foreign as MemoryBundle, '-key', known)).toBe('log.vkey');
  });

  test('writes canonical JSON as we do, whatever the values are', async () => {
    const text = fc.string({ unit: 'binary' }).map((string) => string.replaceAll('\0', ''));
    const { value: anything } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(
          null,
          true,
          false,
          0,
          1e-6,
          1e-7,
          123e-20,
          5e-324,
          0.1 + 0.2,
          2 ** 53 - 1,
          1 - 2 ** 53,
        ),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
        text,
        fc.constantFrom(
          '\u0001\b\t\n\f\r"\\/\u007f\u0080\u2028\u2029\ufeff\uffff\u{10ffff}',
          'ﬁ',
          '\u{1f642}',
        ),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc
            .oneof(text, fc.constantFrom('', '10', '9', 'ﬁ', '\u{1f642}', '€', 'e\u0301'))
            .filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 6, noNullPrototype: true },
        ),
      ),
    }));
    const size = isLong ? 5_000 : 500;
    const entries = fc
      .sample(anything, { numRuns: size, seed: 20260302 })
      .map((details, index) =>
        makeEntry({ index, word: 'any', values: { actor: '', actorName: 'ﬁ', subject: 's', details } }),
      );
    const bundle = await MemoryBundle.of(await sourceOf({ old: 1, size, from: 0, entries }));
    expect(await inOurs(bundle)).toBe('no fault');
    expect(await inGo(bundle)).toBe('no fault');
  });

  if (isLong) {
    test('finds a bundle of 70,000 whole, and one bit in its last leaf', async () => {
      const size = 70_000;
      const bundle = await MemoryBundle.of(await sourceOf({ old: 1, size, from: 0 }));
      expect(await inGo(bundle)).toBe('no fault');
      const last = `leaves/${size - 1}.json`;
      expect(await inGo(bundle.with(last, flipped(bundle.get(last), 99)))).toBe(
        `proofs/${size - 1}.tlog-proof`,
      );
    }, 600_000);
  }
});
