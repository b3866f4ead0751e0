import { describe, expect, test } from '@jest/globals';
import { BundleFault, type BundleFiles, bundleNames } from '../../../../../db/audit/log/bundle/bundle.js';
import {
  type BundleEntry,
  bundleFiles,
  type BundleSource,
} from '../../../../../db/audit/log/bundle/bundle-write.js';
import { type BundleOptions, verifyBundle } from '../../../../../db/audit/log/bundle/bundle-verify.js';
import { isLong } from '../../../../support/long.js';
import { checkpointOf, each, entriesTo, entryAt, logKeys, MemoryBundle, sourceOf } from './bundles.js';
import { flipped } from '../codes.js';
import { HashStore } from '../hash-store.js';
import { keysOf } from '../keys.js';

/** The code and the file of the first fault; `no fault` where it holds. Other errors go through. */
const faultOf = async (bundle: BundleFiles, options?: BundleOptions): Promise<string> => {
  try {
    await verifyBundle(bundle, options);
  } catch (error) {
    if (error instanceof BundleFault) return `${error.code} ${error.file}`;
    throw error;
  }
  return 'no fault';
};
const bundleOf = async (shape: Parameters<typeof sourceOf>[0]) => MemoryBundle.of(await sourceOf(shape));

const small = await bundleOf({ old: 3, size: 7 });

describe('a bundle', () => {
  test.each([
    { old: 1, size: 1, from: 0 },
    { old: 1, size: 2, from: 0 },
    { old: 1, size: 2 },
    { old: 2, size: 3 },
    { old: 0, size: 3 },
    { old: 3, size: 3 },
    { old: 1, size: 255, from: 0 },
    { old: 255, size: 256 },
    { old: 128, size: 256, from: 100 },
    { old: 200, size: 257 },
    { old: 256, size: 257, from: 0 },
  ])('is valid as it was written: %j', async (shape) => {
    const { old, size, from = old } = shape;
    const reported: number[] = [];
    const report = await verifyBundle(await bundleOf(shape), {
      pinnedKey: logKeys.open,
      onProgress: ({ checked, total }) => {
        expect(total).toBe(size - from);
        reported.push(checked);
      },
    });
    const entries = entriesTo(size).slice(from);
    const erased = entries.flatMap((entry) => entry.erased).length;
    const opened = entries.flatMap((entry) => entry.disclosures).length;
    expect(report).toMatchObject({
      key: logKeys.open,
      keyPinned: true,
      oldCheckpointHeld: false,
      oldCheckpoint: { origin: 'log.example/trail', size: old },
      newCheckpoint: { origin: 'log.example/trail', size },
      from,
      to: size,
      counts: { leaves: size - from, opened, erased, withheld: expect.any(Number) },
      generatedAt: '2026-03-02T09:15:00.123Z',
    });
    expect([reported.at(0), reported.at(-1)]).toEqual([0, size - from]);
  });

  test('has the files of the design, and no others', () => {
    expect(small.names).toEqual([
      'README.txt',
      'log.vkey',
      'old.checkpoint',
      'new.checkpoint',
      'consistency.txt',
      ...[3, 4, 5, 6].flatMap((index) => [
        `leaves/${index}.json`,
        `proofs/${index}.tlog-proof`,
        // Of entry 4 nothing can be opened.
        ...(index === 4 ? [] : [`disclosures/${index}.json`]),
      ]),
      'manifest.json',
    ]);
    expect(small.get('log.vkey').toString()).toBe(`${logKeys.open}\n`);
    expect(small.get('proofs/5.tlog-proof').toString()).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 5\n([\w+/]{43}=\n){3}\nlog\.example\/trail\n7\n/,
    );
    expect(small.get('consistency.txt').toString()).toMatch(
      /^old 3\n([\w+/]{43}=\n){4}\nlog\.example\/trail\n7\n/,
    );
    const lines = small.get('README.txt').toString().split('\n');
    expect(lines.filter((line) => line.length > 80 || /[^ -~\u2014]/.test(line))).toEqual([]);
  });

  test('lists in its manifest what it has, and what it does not open', async () => {
    const bundle = await bundleOf({ old: 0, size: 8 });
    const manifest = JSON.parse(bundle.get('manifest.json').toString());
    expect(manifest).toMatchObject({
      v: 1,
      origin: 'log.example/trail',
      from: 0,
      to: 8,
      counts: { leaves: 8, opened: 22, erased: 2, withheld: 5 },
      erased: [
        { index: 1, fields: ['reasons'] },
        { index: 7, fields: ['reasons'] },
      ],
      withheld: [
        { index: 1, fields: ['details'] },
        { index: 4, fields: ['actor', 'actorName', 'reasons', 'subject'] },
      ],
    });
  });

  test('is held against the key and the checkpoint that the reader knows', async () => {
    const { oldNote, newNote } = await sourceOf({ old: 3, size: 7 });
    const known = { pinnedKey: logKeys.open, heldCheckpoint: oldNote };
    expect(await verifyBundle(small, known)).toMatchObject({ keyPinned: true, oldCheckpointHeld: true });
    const other = keysOf('log.example/trail', 'note', 'another seed').open;
    expect(await faultOf(small, { pinnedKey: other })).toBe('another_key log.vkey');
    expect(await faultOf(small, { heldCheckpoint: newNote })).toBe('another_checkpoint old.checkpoint');
    await expect(verifyBundle(small, { pinnedKey: 'none' })).rejects.toMatchObject({ code: 'key_malformed' });
  });

  test('is read a hundred or so leaves at a time', async () => {
    const bundle = await bundleOf({ old: 1, size: 260, from: 0 });
    let [now, most] = [0, 0];
    const slow: BundleFiles = {
      list: bundle.list,
      read: async (name) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        now -= 1;
        return bundle.read(name);
      },
    };
    await verifyBundle(slow);
    expect(most).toBeGreaterThan(100);
    expect(most).toBeLessThanOrEqual(2 * 3 * 64);
  });

  test('may be listed name by name', async () => {
    const names = await small.list();
    expect(await faultOf({ read: small.read, list: () => each(names) })).toBe('no fault');
  });

  test('does not pass as whole if it is not listed whole', async () => {
    const names = await small.list();
    const some = { read: small.read, list: async () => names.slice(1) };
    await expect(verifyBundle(some)).rejects.toThrow('Of 17 files that could be read only 16 were listed.');
  });

  const many = isLong ? 70_000 : 1_000;
  test(
    `of ${many} entries holds`,
    async () => {
      const bundle = await bundleOf({ old: 1, size: many, from: 0 });
      expect((await verifyBundle(bundle)).counts.leaves).toBe(many);
      const last = `leaves/${many - 1}.json`;
      expect(await faultOf(bundle.with(last, flipped(bundle.get(last), 77)))).toBe(`wrong_root ${last}`);
    },
    isLong ? 300_000 : 20_000,
  );
});

describe('a bundle that was damaged', () => {
  test('in any one bit of any file is refused, and the file named', async () => {
    const step = isLong ? 31 : 331;
    for (const [name, bytes] of small.entries) {
      // A proof whose hashes are wrong speaks against its leaf: which of the two was changed does not show.
      const leaf = name.replace(/^proofs\/(\d+)\.tlog-proof$/, 'leaves/$1.json');
      const bits = bytes.length * 8;
      const tried = new Set([0, 1, 7, bits - 8, bits - 1]);
      for (let bit = 5; bit < bits; bit += step) tried.add(bit);
      const faults = new Set<string>();
      for (const bit of tried) faults.add(await faultOf(small.with(name, flipped(bytes, bit))));
      const elsewhere = [...faults].filter((fault) => ![name, leaf].includes(fault.split(' ')[1] ?? ''));
      expect({ name, elsewhere }).toEqual({ name, elsewhere: [] });
    }
  }, 60_000);

  test('by taking any one file away is refused, and the file named', async () => {
    const faults = await Promise.all(small.names.map((name) => faultOf(small.without(name))));
    expect(faults).toEqual(
      small.names.map((name) => `${name.startsWith('leaves/') ? 'leaf_missing' : 'missing_file'} ${name}`),
    );
  });

  test('by cutting any one file short, or adding to it, is refused, and the file named', async () => {
    for (const [name, bytes] of small.entries) {
      const cut = await faultOf(small.with(name, bytes.subarray(0, -1)));
      const emptied = await faultOf(small.with(name, ''));
      const longer = await faultOf(small.with(name, Buffer.concat([bytes, Buffer.from('\n')])));
      const named = [cut, emptied, longer].map((fault) => fault.split(' ')[1]);
      expect(named).toEqual([name, name, name]);
    }
  });

  test.each([
    'extra.txt',
    'leaves/2.json',
    'leaves/7.json',
    'leaves/03.json',
    'leaves/3.json.bak',
    'leaves/3.tlog-proof',
    'leaves/deeper/3.json',
    'proofs/7.tlog-proof',
    'disclosures/2.json',
    'Leaves/3.json',
    'leaves/-3.json',
    'leaves/3.5.json',
    '../leaves/3.json',
    'manifest.json/x',
    'manifest.json ',
    '.DS_Store',
    '',
  ])('by adding %j is refused, and the file named', async (name) => {
    expect(await faultOf(small.with(name, 'x'))).toBe(`unaccounted_file ${name}`);
  });

  test('by a name that would write on a terminal is refused, and the name shown without that', async () => {
    expect(await faultOf(small.with('\u001b[2J\u009b1m\u202ex', ''))).toBe('unaccounted_file ?[2J?1m?x');
    expect(await faultOf(small.with('x'.repeat(5000), ''))).toBe(`unaccounted_file ${'x'.repeat(100)}`);
  });

  test('by a file for values of an entry without any is refused', async () => {
    const some = small.get('disclosures/3.json');
    expect(await faultOf(small.with('disclosures/4.json', some))).toBe(
      'value_unaccounted disclosures/4.json',
    );
    expect(await faultOf(small.with('disclosures/4.json', '[]'))).toBe(
      'disclosures_malformed disclosures/4.json',
    );
  });

  test('by a name that occurs twice is refused', async () => {
    expect(await faultOf(small.listing('leaves/3.json'))).toBe('file_twice ');
  });
});

describe('a bundle that was forged', () => {
  test('by leaving a leaf out with all that belongs to it, and saying so, is refused', async () => {
    const last = small
      .without('leaves/6.json', 'proofs/6.tlog-proof', 'disclosures/6.json')
      .manifest(({ counts }) => ({ to: 6, counts: { ...counts, leaves: 3, opened: counts.opened - 3 } }));
    expect(await faultOf(last)).toBe('manifest_wrong manifest.json');
    const first = small
      .without('leaves/3.json', 'proofs/3.tlog-proof', 'disclosures/3.json')
      .manifest(({ counts }) => ({ from: 4, counts: { ...counts, leaves: 3, opened: counts.opened - 3 } }));
    expect(await faultOf(first)).toBe('manifest_wrong manifest.json');
  });

  test('by leaving a leaf out and moving the next ones up is refused', async () => {
    const moved = small.with('leaves/3.json', small.get('leaves/5.json'));
    expect(await faultOf(moved)).toBe('wrong_root leaves/3.json');
    const withProof = moved.with('proofs/3.tlog-proof', small.get('proofs/5.tlog-proof'));
    expect(await faultOf(withProof)).toBe('wrong_index proofs/3.tlog-proof');
    const renumbered = withProof.edit('proofs/3.tlog-proof', 'index 5', 'index 3');
    expect(await faultOf(renumbered)).toBe('wrong_root leaves/3.json');
  });

  test('by changing a leaf is refused', async () => {
    const changed = small.edit('leaves/3.json', '"legal"', '"regal"').edit('leaves/6.json', '"v":1', '"v":2');
    expect(await faultOf(changed)).toBe('wrong_root leaves/3.json');
  });

  test('by a proof cut, lengthened or with its hashes in another order is refused', async () => {
    const name = 'proofs/5.tlog-proof';
    const [, , first = ''] = small.get(name).toString().split('\n');
    expect(await faultOf(small.edit(name, `${first}\n`, ''))).toBe(`proof_too_short ${name}`);
    expect(await faultOf(small.edit(name, first, `${first}\n${first}`))).toBe(`proof_too_long ${name}`);
    expect(await faultOf(small.edit(name, /(.{44})\n(.{44})\n/, '$2\n$1\n'))).toBe(
      'wrong_root leaves/5.json',
    );
    const consistency = 'consistency.txt';
    const [, line = ''] = small.get(consistency).toString().split('\n');
    expect(await faultOf(small.edit(consistency, `${line}\n`, ''))).toBe(`proof_too_short ${consistency}`);
    expect(await faultOf(small.edit(consistency, line, `${line}\n${line}`))).toBe(
      `proof_too_long ${consistency}`,
    );
    expect(await faultOf(small.edit(consistency, 'old 3', 'old 2'))).toBe(`wrong_index ${consistency}`);
  });

  test('by passing the older tree off as the newer is refused', async () => {
    const swapped = small
      .with('old.checkpoint', small.get('new.checkpoint'))
      .with('new.checkpoint', small.get('old.checkpoint'));
    expect(await faultOf(swapped)).toBe('older_is_newer old.checkpoint');
    const oldForNew = small.with('new.checkpoint', small.get('old.checkpoint'));
    expect(await faultOf(oldForNew)).toBe('another_checkpoint consistency.txt');
  });

  test('by the checkpoint of another size is refused', async () => {
    const { store } = await sourceOf({ old: 3, size: 7 });
    const other = await checkpointOf(store, 2);
    expect(await faultOf(small.with('old.checkpoint', other))).toBe('wrong_index consistency.txt');
    expect(await faultOf(small.with('new.checkpoint', await checkpointOf(store, 6)))).toBe(
      'another_checkpoint consistency.txt',
    );
  });

  test('by the checkpoint of another log is refused', async () => {
    const foreign = await bundleOf({ old: 3, size: 7, keys: keysOf('log.example/other') });
    for (const name of ['old.checkpoint', 'new.checkpoint']) {
      expect(await faultOf(small.with(name, foreign.get(name)))).toBe(`no_known_signature ${name}`);
    }
    expect(await faultOf(small.with('log.vkey', foreign.get('log.vkey')))).toBe(
      'no_known_signature old.checkpoint',
    );
    expect(await faultOf(small.manifest(() => ({ origin: 'log.example/other' })))).toBe(
      'manifest_wrong manifest.json',
    );
  });

  test('with another key for the same name is its own log, and not the one whose key is known', async () => {
    const keys = keysOf('log.example/trail', 'note', 'another seed');
    const foreign = await bundleOf({ old: 3, size: 7, keys });
    expect(await faultOf(foreign)).toBe('no fault');
    expect(await faultOf(foreign, { pinnedKey: logKeys.open })).toBe('another_key log.vkey');
  });

  test('by rewriting the past with the log’s own key does not fit the checkpoint that was kept', async () => {
    const honest = await sourceOf({ old: 3, size: 7 });
    const entries = entriesTo(7).with(1, entryAt(1, 'rewritten'));
    const rewritten = await sourceOf({ old: 3, size: 7, entries });
    // With the old checkpoint as it was the proof does not lead to it.
    const halfway = await MemoryBundle.of({ ...rewritten, oldNote: honest.oldNote });
    expect(await faultOf(halfway)).toBe('wrong_old_root consistency.txt');
    // With the old checkpoint signed again everything is valid, but it is not the one that was kept.
    const whole = await bundleOf({ old: 3, size: 7, entries });
    expect(await faultOf(whole)).toBe('no fault');
    expect(await faultOf(whole, { heldCheckpoint: honest.oldNote })).toBe(
      'another_checkpoint old.checkpoint',
    );
  });

  test('by a tree of the database that no longer has the signed root is refused', async () => {
    const honest = await sourceOf({ old: 3, size: 7 });
    const entries = entriesTo(7).with(5, entryAt(5, 'rewritten'));
    const store = new HashStore().add(entries.map(({ leaf }) => leaf));
    const bundle = await MemoryBundle.of({ ...honest, entries: each(entries.slice(3)), read: store.read });
    expect(await faultOf(bundle)).toBe('wrong_root consistency.txt');
    const leafAlone = await MemoryBundle.of({
      ...(await sourceOf({ old: 3, size: 7 })),
      entries: each(entries.slice(3)),
    });
    expect(await faultOf(leafAlone)).toBe('wrong_root leaves/5.json');
  });

  test.each([
    ['a value', '"OBS-2026-3"', '"OBS-2026-4"', 'wrong_value'],
    ['a value for another kind', '"OBS-2026-3"', '3', 'wrong_value'],
    ['a salt', /"salt":"[^"]/, '"salt":"_', 'wrong_value'],
    ['a salt cut short', /"salt":"..../, '"salt":"', 'disclosures_malformed'],
    ['a salt spelt otherwise', /"salt":"([^"]*)"/, '"salt":"$1="', 'disclosures_malformed'],
    ['a field', '"field":"actor"', '"field":"Actor"', 'value_unaccounted'],
    ['fields of a name that every object has', '"field":"actor"', '"field":"__proto__"', 'value_unaccounted'],
    ['a value left out', /,\{"field":"subject".*\}/, '', 'value_missing'],
    ['a value given twice', /(,\{"field":"subject".*\})/, '$1$1', 'disclosures_malformed'],
    ['another member', '"field":"actor"', '"also":1,"field":"actor"', 'disclosures_malformed'],
    ['a member given twice', '"field":"actor"', '"field":"x","field":"actor"', 'disclosures_malformed'],
    ['a space', '{"field"', '{ "field"', 'disclosures_malformed'],
    ['no list', /^\[|\]$/g, '', 'disclosures_malformed'],
    ['a number past all bounds', '"OBS-2026-3"', '1e999', 'disclosures_malformed'],
    ['half a surrogate pair', '"OBS-2026-3"', '"\\ud800"', 'disclosures_malformed'],
    [
      'lists in lists without end',
      '"OBS-2026-3"',
      '['.repeat(1e5) + ']'.repeat(1e5),
      'disclosures_malformed',
    ],
  ])('by changing %s is refused', async (_what, from, to, code) => {
    expect(await faultOf(small.edit('disclosures/3.json', from, to))).toBe(`${code} disclosures/3.json`);
  });

  test('by calling a value withheld that was opened is refused while the file has it', async () => {
    const closing = (index: number, ...fields: string[]) =>
      small.manifest(({ withheld }) => ({
        withheld: [...withheld, { index, fields }].toSorted((a, b) => a.index - b.index),
      }));
    expect(await faultOf(closing(3, 'subject'))).toBe('value_unaccounted disclosures/3.json');
    expect(await faultOf(closing(3, 'reasons'))).toBe('manifest_wrong manifest.json');
    expect(await faultOf(closing(2, 'subject'))).toBe('manifest_wrong manifest.json');
    expect(await faultOf(closing(7, 'subject'))).toBe('manifest_wrong manifest.json');
    expect(await faultOf(closing(3, 'subject', 'actor'))).toBe('manifest_malformed manifest.json');
    expect(await faultOf(closing(3))).toBe('manifest_malformed manifest.json');
    expect(await faultOf(closing(4, 'actor'))).toBe('manifest_malformed manifest.json');
  });

  test.each<[string, Parameters<MemoryBundle['manifest']>[0], string]>([
    ['more leaves', ({ counts }) => ({ counts: { ...counts, leaves: 5 } }), 'manifest_wrong'],
    ['fewer opened values', ({ counts }) => ({ counts: { ...counts, opened: 1 } }), 'manifest_wrong'],
    ['erased values', ({ counts }) => ({ counts: { ...counts, erased: 1 } }), 'manifest_wrong'],
    ['withheld values', ({ counts }) => ({ counts: { ...counts, withheld: 9 } }), 'manifest_wrong'],
    [
      'a range past the tree',
      ({ counts }) => ({ to: 8, counts: { ...counts, leaves: 5 } }),
      'manifest_wrong',
    ],
    [
      'a range that is none',
      ({ counts }) => ({ from: 9, counts: { ...counts, leaves: -2 } }),
      'manifest_malformed',
    ],
    ['another version', () => ({ v: 2 as 1 }), 'manifest_malformed'],
    ['no time', () => ({ generatedAt: 'now' }), 'manifest_malformed'],
    ['a range beyond 2^53', () => ({ to: 2 ** 60 }), 'manifest_malformed'],
  ])('by a manifest with %s is refused', async (_what, change, code) => {
    expect(await faultOf(small.manifest(change))).toBe(`${code} manifest.json`);
  });

  test('by a manifest made to fit says another time and no more', async () => {
    const later = small.manifest(() => ({ generatedAt: '2030-01-01T00:00:00.000Z' }));
    expect(await faultOf(later)).toBe('no fault');
  });

  test('by a leaf that is in the tree and no entry is refused', async () => {
    const entries = entriesTo(7);
    const [odd] = entries.slice(5) as [BundleEntry];
    for (const text of [
      '{}',
      'x',
      '{"v":1,"v":1}',
      ` ${odd.leaf.toString()}`,
      `${odd.leaf.toString()}\xff`,
    ]) {
      const leaf = Buffer.from(text, 'latin1');
      const source = await sourceOf({ old: 3, size: 7, entries: entries.with(5, { ...odd, leaf }) });
      // Ours would not write it, so it is put in afterwards.
      const bundle = await MemoryBundle.of({ ...source, entries: each(entries.slice(3)) });
      expect(await faultOf(bundle.with('leaves/5.json', leaf))).toBe('leaf_malformed leaves/5.json');
    }
  });
});

describe('writing a bundle', () => {
  const entries = entriesTo(8);
  const some = (...indexes: readonly number[]) => each(indexes.map((index) => entryAt(index)));
  const [third] = entries.slice(3) as [BundleEntry];
  const with3 = (over: Partial<BundleEntry>) => each(entries.with(3, { ...third, ...over }).slice(3, 7));

  test.each<[string, Partial<BundleSource>]>([
    ['a leaf is missing at the end', { entries: some(3, 4, 5) }],
    ['a leaf is missing in the middle', { entries: some(3, 5, 6) }],
    ['two leaves change places', { entries: some(3, 5, 4, 6) }],
    ['a leaf comes twice', { entries: some(3, 3, 4, 5, 6) }],
    ['there are more leaves than the tree has', { entries: some(3, 4, 5, 6, 7) }],
    ['there are none', { entries: some() }],
    ['a value is opened that was erased', { entries: with3({ erased: ['actor'] }) }],
    ['a value is erased that never was', { entries: with3({ erased: ['reasons'] }) }],
    ['a value is opened twice', { entries: with3({ disclosures: [0, 0].flatMap(() => third.disclosures) }) }],
    ['a leaf is no entry', { entries: with3({ leaf: Buffer.from('{}') }) }],
    ['it would begin past the old tree', { from: 4, entries: some(4, 5, 6) }],
    ['the key is another', { vkey: keysOf('log.example/other').open }],
    ['the checkpoint is none', { newNote: 'x' }],
  ])('breaks off before the manifest when %s', async (_what, over) => {
    const names: string[] = [];
    const attempt = async () => {
      for await (const { name } of bundleFiles({ ...(await sourceOf({ old: 3, size: 7 })), ...over })) {
        names.push(name);
      }
    };
    await expect(attempt()).rejects.toThrow();
    expect(names).not.toContain('manifest.json');
  });

  test('takes entries as it gives files, and lets go of them when the reader stops', async () => {
    let [taken, released] = [0, false];
    async function* counted() {
      try {
        for (const entry of entries.slice(3, 7)) {
          taken += 1;
          yield entry;
        }
      } finally {
        released = true;
      }
    }
    for await (const { name } of bundleFiles({
      ...(await sourceOf({ old: 3, size: 7 })),
      entries: counted(),
    })) {
      if (name === 'leaves/4.json') break;
      expect(taken).toBeLessThanOrEqual(2);
    }
    expect({ taken, released }).toEqual({ taken: 2, released: true });
  });

  test('begins where the old tree ended by default', async () => {
    const { from: _, ...source } = await sourceOf({ old: 3, size: 7 });
    const { names } = await MemoryBundle.of(source);
    expect(names).toContain('leaves/3.json');
    expect(names).not.toContain('leaves/2.json');
    expect(names.at(-1)).toBe(bundleNames.manifest);
  });
});
