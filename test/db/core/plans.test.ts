/** Plans that connections keep, while tables change under them as a migration changes them. */
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import type { Knex } from 'knex';
import { compile, perform } from '../../../db/core/plans/compiled.js';
import { createDb, inTransaction } from '../../../db/core/connection.js';
import { prepared } from '../../../db/core/plans/prepared.js';
import { recordedList } from '../../../db/core/recorded.js';
import { useDatabase } from '../../support/database.js';
import { anEntry } from '../../support/entries.js';

const world = useDatabase();

const things = (db: Knex) => db('runtime.things').select('*');
const withPool = async (options: { max?: number; plans?: number }, act: (db: Knex) => Promise<void>) => {
  const db = createDb(world.serviceUrl, options);
  try {
    await act(db);
  } finally {
    await db.destroy();
  }
};

beforeAll(async () => {
  await world.owner.raw('create table runtime.things (id int)');
  await world.owner.raw('grant select, insert on runtime.things to ntk_service');
});
beforeEach(async () => {
  await world.owner.raw('alter table runtime.things drop column if exists more');
  await world.owner.raw('truncate runtime.things');
  await world.owner.raw('insert into runtime.things values (1)');
});
const migrate = () => world.owner.raw('alter table runtime.things add column more text');
const old = [{ id: 1 }];
const changed = [{ id: 1, more: null }];
const twelve = <T>(each: T): T[] => Array.from({ length: 12 }, () => each);

describe('after a migration that changes what a kept plan answers with', () => {
  const compiled = compile('select * from runtime.things where id = ?');
  const entry = { ...anEntry({ type: 'discussion.read', decision: {} }), settings: 0 };
  test.each<[string, (db: Knex) => Promise<readonly unknown[]>]>([
    ['a prepared query', (db) => prepared(things(db))],
    ['a compiled statement', (db) => perform(db, compiled, [1])],
    ['a reading with its entry', (db) => recordedList(db, entry)(z.looseObject({}), things(db))],
  ])('%s is sent once more, and answers at once and from then on', async (_, ask) => {
    await withPool({ max: 1 }, async (db) => {
      expect(await ask(db)).toEqual(old);
      await migrate();
      expect(await ask(db)).toEqual(changed);
      expect(await ask(db)).toEqual(changed);
    });
  });

  test('so is each of many, on every connection', async () => {
    await withPool({ max: 4 }, async (db) => {
      const many = () => Promise.all(twelve(null).map(() => prepared(things(db))));
      expect(await many()).toEqual(twelve(old));
      await migrate();
      expect(await many()).toEqual(twelve(changed));
    });
  });

  test('a transaction runs once more, whole', async () => {
    await withPool({ max: 1 }, async (db) => {
      expect(await prepared(things(db))).toEqual(old);
      await migrate();
      let runs = 0;
      const read = await inTransaction(db, async (trx) => {
        runs += 1;
        await trx('runtime.things').insert({ id: 2 });
        return prepared(things(trx).orderBy('id'));
      });
      // Another text, which no plan was kept for.
      expect([runs, read.length]).toEqual([1, 2]);
      const again = await inTransaction(db, async (trx) => {
        runs += 1;
        await trx('runtime.things').insert({ id: 3 });
        return prepared(things(trx));
      });
      expect([runs, again.length]).toEqual([3, 3]);
    });
  });

  test('what cannot run at all fails as it did', async () => {
    await withPool({ max: 1 }, async (db) => {
      const refused = prepared(db.raw('select id from runtime.things for update of nothing'));
      await expect(refused).rejects.toMatchObject({ code: '42P01' });
      const unsupported = prepared(db.raw('select distinct id from runtime.things for share'));
      await expect(unsupported).rejects.toMatchObject({ code: '0A000' });
    });
  });
});

describe('a connection that keeps many plans', () => {
  const keptPlans = async (db: Knex) => {
    const { rows } = await db.raw<{ rows: { pid: number; plans: number }[] }>(
      'select pg_backend_pid() as pid, count(*)::int as plans from pg_prepared_statements',
    );
    return rows[0];
  };

  test('is replaced once it keeps more than it may', async () => {
    await withPool({ max: 1, plans: 2 }, async (db) => {
      const ask = (n: number) => prepared(db.raw(`select ${n} as n`));
      await ask(1);
      await ask(2);
      const first = await keptPlans(db);
      expect(first?.plans).toBe(2);
      await ask(1);
      expect(await keptPlans(db)).toEqual(first);
      await ask(3);
      const second = await keptPlans(db);
      expect(second?.pid).not.toBe(first?.pid);
      expect(second?.plans).toBe(0);
    });
  });

  test('goes on in its transaction', async () => {
    await withPool({ max: 1, plans: 1 }, async (db) => {
      const answers = await inTransaction(db, async (trx) => {
        const rows = [];
        for (const n of [1, 2, 3]) rows.push((await prepared(trx.raw(`select ${n} as n`))).rows[0].n);
        return rows;
      });
      expect(answers).toEqual([1, 2, 3]);
    });
  });
});

test('a connection keeps its plans for ten minutes without a call, and is closed after that', () =>
  withPool({ max: 1 }, async (db) => {
    await prepared(db.raw('select 1'));
    const pool: { check(): void; numFree(): number } = db.client.pool;
    const later = (minutes: number): number => {
      const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + minutes * 60_000);
      pool.check();
      now.mockRestore();
      return pool.numFree();
    };
    expect([later(9), later(11)]).toEqual([1, 0]);
  }));
