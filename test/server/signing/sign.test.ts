/**
 * The signer (audit.md): it keeps its last signed tree outside the database, and signs only a tree that grew from it,
 * even if somebody rewrote the database, however well.
 */
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { latestCheckpoint } from '../../../db/audit/tree/checkpoints.js';
import { append } from '../../../db/audit/append.js';
import { openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { consistencyProof, rootOf } from '../../../db/audit/log/tree.js';
import { verifyConsistency } from '../../../db/audit/log/proof/verify.js';
import { sequence } from '../../../db/audit/tree/sequence.js';
import { storedHashes, treeSize } from '../../../db/audit/tree/tree-store.js';
import { inTransaction } from '../../../db/core/connection.js';
import { createSealing } from '../../../server/jobs/seal.js';
import { signingAs } from '../../../server/signing/origin.js';
import { sign, SigningRefused } from '../../../server/signing/sign.js';
import { openState, type SignerState } from '../../../server/signing/state.js';
import { nonsense, rewriteTrail, type Stored } from '../../support/attacks.js';
import { useDatabase } from '../../support/database.js';
import { anEntry } from '../../support/entries.js';

const world = useDatabase();
const now = new Date('2026-03-02T09:15:00Z');

/** Of its own for each test, as they share a database. */
let origin: string;
let origins = 0;
let folder: string;
let state: SignerState;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'signer-'));
  origin = `trail.council.example/${(origins += 1)}`;
  state = openState(folder, origin);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const grow = async (count: number): Promise<void> => {
  await inTransaction(world.db, async (trx) => {
    for (let n = 0; n < count; n += 1) await append(trx, anEntry());
  });
  while ((await sequence(world.db, 100)) > 0);
};

describe('the signer', () => {
  test('signs each tree once, as notes of its key, each the one before grown', async () => {
    await grow(3);
    const first = await sign(world.db, state, now);
    expect(await sign(world.db, state, now)).toBeNull();
    await grow(4);
    const second = await sign(world.db, state, now);
    if (!first || !second) throw new Error('Two trees were signed.');
    const [old, grown] = [
      openCheckpoint(first.note, state.verifier),
      openCheckpoint(second.note, state.verifier),
    ];
    expect([old.origin, grown.size - old.size]).toEqual([origin, 4]);
    verifyConsistency({
      oldSize: old.size,
      oldRoot: old.root,
      newSize: grown.size,
      newRoot: grown.root,
      proof: await consistencyProof(old.size, grown.size, storedHashes(world.db)),
    });
    expect((await latestCheckpoint(world.db))?.note).toBe(second.note);
  });

  test('keeps its key and its last signed tree to itself, and knows both after a start', async () => {
    await grow(1);
    await sign(world.db, state, now);
    const [own = ''] = await readdir(folder);
    for (const name of await readdir(path.join(folder, own))) {
      expect([name, (await stat(path.join(folder, own, name))).mode & 0o777]).toEqual([name, 0o600]);
    }
    const again = openState(folder, origin);
    expect([again.vkey, again.last()]).toEqual([
      state.vkey,
      { size: await treeSize(world.db), root: expect.any(String) },
    ]);
    expect(again.vkey).toMatch(/^trail\.council\.example\/\d+\+[0-9a-f]{8}\+/);
    expect(openState(folder, 'another').vkey).not.toContain(state.vkey.split('+')[2]);
  });

  test('goes on if it died between remembering and signing', async () => {
    await grow(2);
    const size = await treeSize(world.db);
    state.remember({ size, root: (await rootOf(size, storedHashes(world.db))).toString('base64') });
    expect(await sign(world.db, state, now)).toMatchObject({ size });
  });

  test('does not take a memory that cannot be read for none', async () => {
    await grow(1);
    await sign(world.db, state, now);
    const [own = ''] = await readdir(folder);
    const file = path.join(folder, own, 'signed.json');
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -3));
    await grow(1);
    await expect(sign(world.db, state, now)).rejects.toThrow();
  });

  test('of two at once signs the tree once', async () => {
    await grow(2);
    const signed = await Promise.all([sign(world.db, state, now), sign(world.db, state, now)]);
    expect(signed.filter(Boolean)).toHaveLength(1);
  });
});

describe('a database superuser who switches every trigger off and rebuilds every hash', () => {
  const attacked = async (attack: Parameters<typeof rewriteTrail>[1]): Promise<unknown> => {
    await grow(9);
    await sign(world.db, state, now);
    await rewriteTrail(world.superuserUrl, attack);
    await grow(1);
    return sign(world.db, state, now).catch((error: unknown) => error);
  };

  test.each([
    [
      'changes an entry',
      'history_changed',
      (entries: readonly Stored[]) => entries.with(2, nonsense('{"v":1}')),
    ],
    ['takes the tail off', 'tree_shrank', (entries: readonly Stored[]) => entries.slice(0, -4)],
    [
      'puts one in the middle',
      'history_changed',
      (entries: readonly Stored[]) => entries.toSpliced(4, 0, nonsense('{}')),
    ],
    [
      'swaps two',
      'history_changed',
      (entries: readonly Stored[]) => entries.with(3, entries[5]!).with(5, entries[3]!),
    ],
  ] as const)('%s, and is refused: %s', async (_what, code, attack) => {
    const refused = await attacked(attack);
    expect(refused).toBeInstanceOf(SigningRefused);
    expect(refused).toMatchObject({ code });
    expect(await latestCheckpoint(world.db)).toBeNull();
  });

  test('changes a stored hash that the old tree is not read from, and is refused as well', async () => {
    // One more than a multiple of four: the next entry makes a pair that only the new tree is read from.
    await grow(4 - ((await treeSize(world.db)) % 4) + 1);
    await sign(world.db, state, now);
    await grow(1);
    const pair = { level: 1, index: (await treeSize(world.db)) / 2 - 1 };
    const superuser = world.open(world.superuserUrl);
    const { hash } = await superuser('audit.tree').where(pair).first<{ hash: Buffer }>('hash');
    const store = async (forged: Buffer): Promise<void> => {
      await superuser.raw('alter table audit.tree disable trigger tree_kept');
      await superuser('audit.tree').where(pair).update({ hash: forged });
      await superuser.raw('alter table audit.tree enable always trigger tree_kept');
    };
    await store(Buffer.alloc(32, 9));
    await expect(sign(world.db, state, now)).rejects.toMatchObject({ code: 'history_changed' });
    await store(hash);
    expect(await sign(world.db, state, now)).not.toBeNull();
  });
});

describe('a round of sealing', () => {
  const lines: object[] = [];
  const log = { info: () => {}, error: (fields: object) => void lines.push(fields) };

  test('places and signs committed entries, and logs a refusal once', async () => {
    const seal = createSealing({ db: world.db, now: () => now, log, state });
    const other = createSealing({ db: world.db, now: () => now, log, state });
    await Promise.all([seal(), other()]);
    await grow(1);
    await seal();
    expect((await latestCheckpoint(world.db))?.size).toBe(await treeSize(world.db));

    await rewriteTrail(world.superuserUrl, (entries) => entries.slice(0, -2));
    await grow(1);
    await seal();
    await seal();
    expect(lines).toEqual([{ code: 'tree_shrank' }]);
  });
});

describe('a new origin', () => {
  test('begins with an entry that cites the last tree of the old one, and is signed with a key of its own', async () => {
    const dataDir = folder;
    const first = await signingAs(world.db, { dataDir, origin, at: now });
    await grow(2);
    const old = await sign(world.db, first, now);
    const count = async () =>
      Number(
        (
          await world
            .db('audit.entries')
            .where({ type: 'audit.continued' })
            .count<{ n: number }[]>('* as n')
            .first()
        )?.n,
      );
    const before = await count();
    await signingAs(world.db, { dataDir, origin, at: now });
    expect(await count()).toBe(before);

    // As after a restore: the last signed tree is not there any more.
    await rewriteTrail(world.superuserUrl, (entries) => entries.slice(0, -1));
    const second = await signingAs(world.db, { dataDir, origin: `${origin}/2`, at: now });
    await grow(0);
    const entry = await world
      .db('audit.entries')
      .where({ type: 'audit.continued' })
      .orderBy('seq', 'desc')
      .first();
    expect(entry?.decision).toEqual({ size: old?.size, root: old?.root.toString('hex') });
    const signed = await sign(world.db, second, now);
    expect(openCheckpoint(signed?.note ?? '', second.verifier).origin).toBe(`${origin}/2`);
    expect(() => openCheckpoint(signed?.note ?? '', first.verifier)).toThrow();
    await signingAs(world.db, { dataDir, origin: `${origin}/2`, at: now });
    expect(await count()).toBe(before + 1);
  });
});
