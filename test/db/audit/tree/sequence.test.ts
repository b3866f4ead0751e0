/** The places of entries in the tree: each committed entry gets one, once, even if a process dies on the way. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { append } from '../../../../db/audit/append.js';
import { leafHash } from '../../../../db/audit/log/hash.js';
import { edgeOf, inclusionProof, rootOf } from '../../../../db/audit/log/tree.js';
import { verifyInclusion } from '../../../../db/audit/log/proof/verify.js';
import { sequence } from '../../../../db/audit/tree/sequence.js';
import { storedHashes, treeSize } from '../../../../db/audit/tree/tree-store.js';
import { inTransaction } from '../../../../db/core/connection.js';
import { useDatabase, type World } from '../../../support/database.js';
import { isLong } from '../../../support/long.js';
import { anEntry } from '../../../support/entries.js';
import { rootByDefinition } from '../log/by-definition.js';
import { foundRow } from '../../../support/found-row.js';

const world = useDatabase();

const write = (count: number): Promise<string[]> =>
  inTransaction(world.db, async (trx) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await append(trx, anEntry()));
    return ids;
  });
interface Placed {
  readonly id: string;
  readonly index: number;
  readonly leaf: Buffer;
}
const placedIn = ({ db }: World): Promise<Placed[]> =>
  db('audit.entries').whereNotNull('index').orderBy('index').select('id', 'index', 'leaf');
/** That every entry has one place, and that the tree over them is the one by definition. */
const expectWhole = async (): Promise<void> => {
  const placed = await placedIn(world);
  const { rows } = await world.db.raw('select count(*)::int as all from audit.entries');
  expect(placed.map(({ index }) => index)).toEqual(placed.map((_, n) => n));
  expect(placed).toHaveLength(rows[0].all);
  expect(await world.owner('audit.pending').count('* as left').first()).toEqual({ left: 0 });
  expect(await treeSize(world.db)).toBe(placed.length);
  const root = await rootOf(placed.length, storedHashes(world.db));
  expect(root).toEqual(rootByDefinition(placed.map(({ leaf }) => leaf)));
};

describe('the sequencer', () => {
  test('places entries in the order of writing, in as many rounds as it takes, and proves each', async () => {
    const ids = [...(await write(5)), ...(await write(6))];
    expect(await sequence(world.db, 4)).toBe(4);
    expect(await sequence(world.db, 4)).toBe(4);
    expect(await sequence(world.db, 4)).toBe(3);
    expect(await sequence(world.db, 4)).toBe(0);
    const placed = await placedIn(world);
    expect(placed.map(({ id }) => id)).toEqual(ids);
    await expectWhole();
    const read = storedHashes(world.db);
    const root = await rootOf(11, read);
    for (const { index, leaf } of placed) {
      const proof = await inclusionProof(index, 11, read);
      verifyInclusion({ index, size: 11, leafHash: leafHash(leaf), proof, root });
    }
  });

  test('misses no entry that is committed after one that was written later', async () => {
    const early = await world.db.transaction();
    const first = await append(early, anEntry());
    const [second] = await write(1);
    await sequence(world.db, 100);
    await early.commit();
    await sequence(world.db, 100);
    const last = (await placedIn(world)).slice(-2);
    expect(last.map(({ id }) => id)).toEqual([second, first]);
    await expectWhole();
  });

  test('does nothing while another one is at it', async () => {
    await write(2);
    await world.db.transaction(async (trx) => {
      expect(await sequence(trx, 1)).toBe(1);
      expect(await sequence(world.db, 1)).toBe(0);
    });
    expect(await sequence(world.db, 10)).toBe(1);
    await expectWhole();
  });
});

describe('the database', () => {
  const entries = async () => await world.db('audit.pending').orderBy('seq').pluck('entry_id');
  const place = (values: readonly Knex.RawBinding[]) =>
    world.db.raw('select audit.place(?, ?::uuid[], ?::int[], ?::bigint[], ?::bytea[])', [...values]);

  test('takes no hash that is not that of its leaf, or of the two below', async () => {
    const size = await treeSize(world.db);
    await write(1);
    const wrong = [size, await entries(), [0], [size], [Buffer.alloc(32, 7)]];
    await expect(place(wrong)).rejects.toMatchObject({ code: '22023' });
    const leaf = await foundRow(world.db('audit.entries').whereNull('index').first('leaf'));
    const level = edgeOf(size + 1).at(-1)?.level ?? 0;
    const invented = [
      size,
      await entries(),
      [0, level + 9],
      [size, 0],
      [leafHash(leaf.leaf), Buffer.alloc(32, 7)],
    ];
    await expect(place(invented)).rejects.toMatchObject({ code: '22023' });
    expect(await sequence(world.db, 10)).toBe(1);
    await expectWhole();
  });

  test('places nothing at a size that the tree has passed, nothing twice and nothing that does not wait', async () => {
    const [{ id, leaf } = { id: '', leaf: Buffer.alloc(0) }] = await placedIn(world);
    const size = await treeSize(world.db);
    const again = [[id], [0], [size], [leafHash(leaf)]];
    await expect(place([0, ...again])).rejects.toMatchObject({ code: '40001' });
    await expect(place([size, ...again])).rejects.toMatchObject({ code: '22023' });
  });

  test('changes and removes nothing of the tree, for any caller', async () => {
    for (const statement of [
      `update audit.tree set hash = '\\x00'`,
      'delete from audit.tree',
      'truncate audit.tree',
      'update audit.checkpoints set size = 1',
      'delete from audit.checkpoints',
    ]) {
      const asKeeper = world.owner.transaction(async (trx) => {
        await trx.raw('set local role ntk_audit');
        await trx.raw(statement);
      });
      await expect(asKeeper).rejects.toMatchObject({ code: '42501' });
      await expect(world.db.raw(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('killed again and again', () => {
  const children = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  test('while eight clients append, the sequencer leaves no committed entry out and places none twice', async () => {
    const until = { over: false };
    const ids: string[] = [];
    const client = async () => {
      while (!until.over) ids.push(...(await write(1 + (ids.length % 3))));
    };
    const clients = Array.from({ length: 8 }, client);
    const kills = isLong ? 40 : 3;
    const killedAt: number[] = [];
    for (let n = 0; n < kills; n += 1) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', path.resolve('test/support/sequencer-process.ts'), world.serviceUrl],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      children.add(child);
      // It says so with each round; it is killed somewhere in the next.
      for (let rounds = 0; rounds < 1 + (n % 3); rounds += 1) await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      killedAt.push(await treeSize(world.db));
    }
    until.over = true;
    await Promise.all(clients);
    expect(killedAt).toEqual(killedAt.toSorted((a, b) => a - b));
    expect(new Set(killedAt).size).toBeGreaterThan(1);
    while ((await sequence(world.db, 500)) > 0);
    await expectWhole();
    const placed = new Set((await placedIn(world)).map(({ id }) => id));
    expect(ids.filter((id) => !placed.has(id))).toEqual([]);
    expect(ids.length).toBeGreaterThan(50);
  }, 300_000);
});
