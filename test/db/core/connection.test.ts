import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { createDb, inTransaction, rehearse, translateViolation } from '../../../db/core/connection.js';
import { prepared } from '../../../db/core/plans/prepared.js';
import { Conflict } from '../../../policies/core/refusals.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const limits = (db: Knex) => db('runtime.limits');
const points = async (key: string): Promise<unknown> =>
  (await limits(world.db).where({ key }).first('points'))?.points;

/** Lets nobody through until `count` have arrived. */
const meeting = (count: number): (() => Promise<void>) => {
  let open: () => void;
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    count -= 1;
    if (count === 0) open();
    return all;
  };
};

describe('a connection', () => {
  test('reads days as text, instants as Dates, int8 as numbers while exact and numeric as text', async () => {
    const { rows } = await world.db.raw(`
      select date '2026-03-29' as day, '{2026-03-29,null}'::date[] as days, '{}'::date[] as none,
             timestamptz '2026-03-29 01:30+01' as instant, 9007199254740991 as safe, 9007199254740992 as unsafe,
             '{1,2}'::bigint[] as several, 0.10 as amount`);
    expect(rows[0]).toEqual({
      day: '2026-03-29',
      days: ['2026-03-29', null],
      none: [],
      instant: new Date('2026-03-29T00:30:00.000Z'),
      safe: 9007199254740991,
      unsafe: '9007199254740992',
      several: [1, 2],
      amount: '0.10',
    });
  });

  test('acts as the role it is given, in UTC, at READ COMMITTED, for 30 seconds a statement at most', async () => {
    const db = createDb(world.serviceUrl, { role: 'ntk_service', max: 1 });
    try {
      const { rows } = await db.raw(`
        select current_user as role, current_setting('timezone') as zone,
               current_setting('transaction_isolation') as isolation, current_setting('statement_timeout') as timeout`);
      expect(rows[0]).toEqual({
        role: 'ntk_service',
        zone: 'UTC',
        isolation: 'read committed',
        timeout: '30s',
      });
    } finally {
      await db.destroy();
    }
  });

  test('keeps one plan for each prepared text, in transactions too and after one that failed', async () => {
    const db = createDb(world.serviceUrl, { max: 1 });
    const asked = (trx: Knex, key: string, ...columns: string[]) =>
      prepared(trx('runtime.limits').where({ key }).select(columns));
    const kept = async () =>
      (await db.raw(`select generic_plans + custom_plans as times from pg_prepared_statements order by 1`))
        .rows;
    try {
      await db('runtime.limits').insert([
        { key: 'prepared 1', points: 1 },
        { key: 'prepared 2', points: 2 },
      ]);
      const failed = db.transaction(async (trx) => {
        expect(await asked(trx, 'prepared 1', 'points')).toEqual([{ points: 1 }]);
        await trx.raw('select 1/0');
      });
      await expect(failed).rejects.toMatchObject({ code: '22012' });
      expect(await asked(db, 'prepared 2', 'points')).toEqual([{ points: 2 }]);
      expect(await db.transaction((trx) => asked(trx, 'prepared 3', 'points'))).toEqual([]);
      expect(await kept()).toEqual([{ times: 3 }]);
      expect(await asked(db, 'prepared 2', 'points', 'key')).toEqual([{ points: 2, key: 'prepared 2' }]);
      expect(await kept()).toEqual([{ times: 1 }, { times: 3 }]);
    } finally {
      await db.destroy();
    }
  });

  test('is refused if the URL sets options of its own, or the role is not a plain name', () => {
    expect(() => createDb('postgres://a@localhost/b?options=-c%20role%3Dpostgres')).toThrow('options');
    expect(() => createDb('postgres://a@localhost/b', { role: 'x -c statement_timeout=0' })).toThrow('role');
  });

  test.each([
    ['a unique violation', `insert into runtime.limits (key) values (?), (?)`, 2],
    ['a failed check', `insert into runtime.limits (key, points) select ?, null`, 1],
    ['text that is no uuid', `select ?::uuid`, 1],
    ['text that is no number', `select ?::int`, 1],
    ['text that is no day', `select ?::date`, 1],
    ['text that is no JSON', `select ?::jsonb`, 1],
    ['text that is too long', `insert into runtime.limits (key) values (repeat(?, 300))`, 1],
  ])('tells no value in its errors: %s', async (_case, sql, times) => {
    const secret = 'Zebedee';
    const heard: unknown[] = [];
    const log = {
      debug: (...said: unknown[]) => heard.push(said),
      warn: (...said: unknown[]) => heard.push(said),
    };
    const db = createDb(world.serviceUrl, { max: 1, log });
    try {
      const error = await db.raw(sql, Array<string>(times).fill(secret)).then(
        () => undefined,
        (e: unknown) => e,
      );
      expect(error).toMatchObject({ code: expect.stringMatching(/^2[23]/) });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
      expect(heard).toHaveLength(1);
      expect(inspect(heard, { depth: 9 })).not.toContain(secret);
    } finally {
      await db.destroy();
    }
  });
});

describe('a transaction', () => {
  test('commits what its callback did and gives back its value', async () => {
    const value = await inTransaction(world.db, async (trx) => {
      await limits(trx).insert({ key: 'commits', points: 3 });
      return 'done';
    });
    expect(value).toBe('done');
    expect(await points('commits')).toBe(3);
  });

  test('undoes everything when its callback throws, and throws the same', async () => {
    const fault = new Error('no');
    const attempt = inTransaction(world.db, async (trx) => {
      await limits(trx).insert({ key: 'throws' });
      throw fault;
    });
    await expect(attempt).rejects.toBe(fault);
    expect(await points('throws')).toBeUndefined();
  });

  test('rejects when a query failed inside, even if the callback caught the error', async () => {
    const attempt = inTransaction(world.db, async (trx) => {
      await limits(trx).insert({ key: 'swallowed' });
      await limits(trx)
        .insert({ key: 'swallowed' })
        .catch(() => undefined);
      return 'looks fine';
    });
    await expect(attempt).rejects.toMatchObject({ code: '23505', constraint: 'limits_pkey' });
    expect(await points('swallowed')).toBeUndefined();
  });

  test('forgives a failure that a savepoint undid', async () => {
    await inTransaction(world.db, async (trx) => {
      await limits(trx).insert({ key: 'forgiven', points: 1 });
      await trx.transaction((inner) => limits(inner).insert({ key: 'forgiven' })).catch(() => undefined);
      await limits(trx).where({ key: 'forgiven' }).update({ points: 2 });
    });
    expect(await points('forgiven')).toBe(2);
  });

  test('rejects when a savepoint was undone but a query outside of it failed as well', async () => {
    const attempt = inTransaction(world.db, async (trx) => {
      await limits(trx).insert({ key: 'both' });
      await trx.transaction((inner) => limits(inner).insert({ key: 'both' })).catch(() => undefined);
      await trx.raw('select 1 / 0').catch(() => undefined);
    });
    await expect(attempt).rejects.toMatchObject({ code: '23505' });
    expect(await points('both')).toBeUndefined();
  });

  test('is joined by a call inside: the outermost decides', async () => {
    const attempt = inTransaction(world.db, async (outer) => {
      await inTransaction(outer, async (inner) => {
        expect(inner).toBe(outer);
        await limits(inner).insert({ key: 'joined' });
      });
      throw new Error('after all not');
    });
    await expect(attempt).rejects.toThrow('after all not');
    expect(await points('joined')).toBeUndefined();
  });

  test('runs once more after a deadlock, so that both sides commit', async () => {
    await limits(world.db).insert([{ key: 'left' }, { key: 'right' }]);
    const bothHoldOne = meeting(2);
    let runs = 0;
    const raise = (first: string, second: string) => {
      let tries = 0;
      return inTransaction(world.db, async (trx) => {
        runs += 1;
        tries += 1;
        await limits(trx).where({ key: first }).increment('points', 1);
        if (tries === 1) await bothHoldOne();
        await limits(trx).where({ key: second }).increment('points', 1);
      });
    };
    await Promise.all([raise('left', 'right'), raise('right', 'left')]);
    expect(runs).toBe(3);
    expect([await points('left'), await points('right')]).toEqual([2, 2]);
  });

  test.each([
    ['40001', 2],
    ['40P01', 2],
    ['23514', 1],
  ])('that always fails with %s is run %d times in all, and rejects', async (code, times) => {
    let runs = 0;
    const attempt = inTransaction(world.db, async (trx) => {
      runs += 1;
      await trx.raw(`do $$ begin raise exception 'staged' using errcode = '${code}'; end $$`);
    });
    await expect(attempt).rejects.toMatchObject({ code });
    expect(runs).toBe(times);
  });

  test('is tried again when the callback hid the deadlock behind an error of its own', async () => {
    let runs = 0;
    const value = await inTransaction(world.db, async (trx) => {
      runs += 1;
      if (runs > 1) return 'second';
      await trx.raw(`do $$ begin raise exception 'staged' using errcode = '40P01'; end $$`).catch(() => {
        throw new Error('hidden');
      });
      return 'first';
    });
    expect(value).toBe('second');
  });
});

describe('a rehearsal', () => {
  const table = 'runtime.rehearsed';
  beforeAll(async () => {
    await world.owner.raw(`create table ${table} (id int primary key, next int references ${table}
      deferrable initially deferred)`);
    await world.owner.raw(`grant all on ${table} to public`);
  });

  test('answers with what the work answered, and leaves nothing', async () => {
    const seen = await rehearse(world.db, async (trx) => {
      await trx(table).insert({ id: 1, next: null });
      return trx(table).pluck('id');
    });
    expect([seen, await world.db(table).pluck('id')]).toEqual([[1], []]);
  });

  test('is refused by a constraint that waits for the commit', async () => {
    const attempt = rehearse(world.db, (trx) => trx(table).insert({ id: 1, next: 2 }));
    await expect(attempt).rejects.toMatchObject({ code: '23503' });
  });

  test('is none inside a transaction, which it could not take back alone', async () => {
    const attempt = inTransaction(world.db, (trx) => rehearse(trx, async () => 1));
    await expect(attempt).rejects.toThrow('a transaction of its own');
  });
});

describe('a violated constraint', () => {
  test('becomes the refusal named for it, and anything else passes through', async () => {
    const refusal = new Conflict('Taken.');
    const map = { limits_pkey: () => refusal };
    const violation: unknown = await world.db
      .raw(`insert into runtime.limits (key) values ('twice'), ('twice')`)
      .catch((e: unknown) => e);
    const other: unknown = await world.db.raw('select 1 / 0').catch((e: unknown) => e);
    expect(translateViolation(violation, map)).toBe(refusal);
    expect(translateViolation(violation, {})).toBe(violation);
    expect(translateViolation(other, map)).toBe(other);
    expect(translateViolation(refusal, map)).toBe(refusal);
  });
});
