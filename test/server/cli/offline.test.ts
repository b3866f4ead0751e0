/**
 * What an outsider runs: commands that need nothing but files. That they find every kind of damage is shown of the
 * verifier itself (test/db/audit/log/bundle/bundle.test.ts); here, that a fault is named and that the exit code says it.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ZipFile } from 'yazl';
import { bundleFiles } from '../../../db/audit/log/bundle/bundle-write.js';
import { ran } from '../../support/commands.js';
import { entryAt, logKeys, sourceOf } from '../../db/audit/log/bundle/bundles.js';
import { keysOf } from '../../db/audit/log/keys.js';

let root: string;
let folder: string;
const at = (...names: string[]) => path.join(root, ...names);
const kept = async (name: string, content: string | Buffer): Promise<string> => {
  await writeFile(at(name), content);
  return at(name);
};

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'bundles-'));
  folder = at('bundle');
  const zip = new ZipFile();
  for await (const { name, bytes } of bundleFiles(await sourceOf({ old: 3, size: 9 }))) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), bytes);
    zip.addBuffer(bytes, name);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(at('bundle.zip')));
  await kept('log.vkey', `${logKeys.open}\n`);
  await kept('other.vkey', keysOf('log.example/trail', 'note', 'another seed').open);
  await kept('held.checkpoint', (await sourceOf({ old: 3, size: 9 })).oldNote);
  await kept('forged.checkpoint', (await sourceOf({ old: 3, size: 9, entries: otherEntries() })).oldNote);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Another trail, by the same log. */
const otherEntries = () => Array.from({ length: 9 }, (_, index) => entryAt(index, 'another trail'));

describe('verify-bundle', () => {
  test.each(['bundle', 'bundle.zip'])('ends with 0 where everything holds: %s', async (name) => {
    const { code, out, err } = await ran([
      'verify-bundle',
      at(name),
      '--key',
      at('log.vkey'),
      '--held',
      at('held.checkpoint'),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/entries 3 to 8 of log\.example\/trail/);
    expect(out).toMatch(/grew from 3 to 9 entries/);
    expect(out).not.toMatch(/--key|--held/);
  });

  test('says so if it got no key and no old checkpoint to compare with', async () => {
    const { code, out } = await ran(['verify-bundle', at('bundle.zip')]);
    expect(code).toBe(0);
    expect(out).toContain(logKeys.open);
    expect(out).toMatch(/--held/);
  });

  test('names the fault and its place, and ends with 1', async () => {
    const wrong: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
      key: [['--key', at('other.vkey')], /another_key, log\.vkey/],
      checkpoint: [['--held', at('forged.checkpoint')], /another_checkpoint, old\.checkpoint/],
    };
    for (const [what, [options, told]] of Object.entries(wrong)) {
      const { code, out, err } = await ran(['verify-bundle', folder, ...options]);
      expect({ what, code, out, err }).toEqual({ what, code: 1, out: '', err: expect.stringMatching(told) });
    }
    const leaf = path.join(folder, 'leaves/5.json');
    const stray = path.join(folder, 'leaves/note.txt');
    await writeFile(stray, 'Nothing to see here.');
    expect((await ran(['verify-bundle', folder])).err).toMatch(/unaccounted_file, leaves\/note\.txt/);
    await rm(stray);
    await rm(leaf);
    expect((await ran(['verify-bundle', folder])).err).toMatch(/leaf_missing, leaves\/5\.json/);
    await writeFile(leaf, entryAt(5, 'another trail').leaf);
    expect(await ran(['verify-bundle', folder])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/wrong_root, leaves\/5\.json/),
    });
    await writeFile(leaf, entryAt(5).leaf);
    expect((await ran(['verify-bundle', folder])).code).toBe(0);
  });

  test('says what it cannot open, also if that is not a ZIP file', async () => {
    const text = await kept('bundle.txt', 'no archive');
    for (const place of [at('nowhere'), text]) {
      const { code, err } = await ran(['verify-bundle', place]);
      expect({ place, code, named: err.includes(place) }).toEqual({ place, code: 1, named: true });
    }
  });
});

describe('verify-entry', () => {
  const entry = (index: number, options: readonly string[] = []) =>
    ran([
      'verify-entry',
      path.join(folder, `leaves/${index}.json`),
      path.join(folder, 'proofs/6.tlog-proof'),
      '--key',
      at('log.vkey'),
      ...options,
    ]);

  test('shows that one entry is in the trail, and that a value is the one recorded', async () => {
    const { code, out } = await entry(6, ['--values', path.join(folder, 'disclosures/6.json')]);
    expect(code).toBe(0);
    expect(out).toMatch(/entry 6 of log\.example\/trail, of 9/);
    expect(out).toMatch(/As it was recorded: actor, actorName, subject\./);
  });

  test('refuses another entry, another entry’s value and another log’s key, by name', async () => {
    expect(await entry(7)).toMatchObject({ code: 1, err: expect.stringMatching(/wrong_root/) });
    const others = await entry(6, ['--values', path.join(folder, 'disclosures/7.json')]);
    expect(others).toMatchObject({ code: 1, err: expect.stringMatching(/wrong_value|value_unaccounted/) });
    const strange = await entry(6, ['--key', at('other.vkey')]);
    expect(strange).toMatchObject({
      code: 1,
      err: expect.stringMatching(/bad_signature|no_known_signature/),
    });
  });
});

describe('verify-growth', () => {
  const growth = (old: string, proof = 'consistency.txt') =>
    ran([
      'verify-growth',
      at(old),
      path.join(folder, 'new.checkpoint'),
      '--key',
      at('log.vkey'),
      '--proof',
      path.join(folder, proof),
    ]);

  test('shows that the trail begins as it was signed earlier; of another trail it shows that it does not', async () => {
    expect(await growth('held.checkpoint')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/9 entries .* begin with the 3/),
    });
    expect(await growth('forged.checkpoint')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/wrong_old_root|wrong_root/),
    });
    expect(await growth('held.checkpoint', 'proofs/6.tlog-proof')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/proof_number_malformed/),
    });
  });
});

describe('every command', () => {
  test('has help; after wrong usage it ends with 2 and shows it', async () => {
    const { code, out } = await ran(['--help']);
    expect(code).toBe(0);
    const names = [...out.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name]) => name as string);
    expect(names).toEqual(
      expect.arrayContaining([
        'migrate',
        'verify',
        'verify-bundle',
        'verify-entry',
        'verify-growth',
        'witness',
      ]),
    );
    for (const name of names) {
      const help = await ran([name, '--help']);
      expect(help).toMatchObject({ code: 0, out: expect.stringMatching(`^Usage: npm run cli -- ${name}`) });
      const wrong = await ran([name, '--no-such-option']);
      expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('Usage: npm run cli') });
    }
    for (const args of [
      [],
      ['nothing'],
      ['verify-bundle'],
      ['verify'],
      ['rollback'],
      ['verify-entry', 'one'],
    ]) {
      expect({ args, code: (await ran(args)).code }).toEqual({ args, code: 2 });
    }
  });
});

test('rules prints a table for each kind of thing, with no database, and every row has its cells', async () => {
  const { code, out, err } = await ran(['rules']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(
    '| `decide` | Legal Services<br>Somebody whom the Chief Executive has named | submitted |',
  );
  const rows = out.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.length).toBeGreaterThan(45);
  for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(8);
});
