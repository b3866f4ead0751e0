import { describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { ZodError } from 'zod';
import { recordLast, writeLast } from '../../../db/core/closing.js';
import { inTransaction } from '../../../db/core/connection.js';
import { useDatabase } from '../../support/database.js';
import { anEntry } from '../../support/entries.js';

const world = useDatabase();

const limits = (db: Knex) => db('runtime.limits');
const points = (...keys: string[]) => limits(world.db).whereIn('key', keys).orderBy('key').pluck('points');
const adding = (trx: Knex, key: string) => limits(trx).insert({ key, points: 1 });
const raising = (trx: Knex, key: string) => limits(trx).where({ key }).increment('points', 1);
const putting = (trx: Knex, key: string) => adding(trx, key).onConflict('key').merge();
const taking = (trx: Knex, key: string) => limits(trx).where({ key }).delete();

describe('what is written last', () => {
  test('is there after the commit, and not before', async () => {
    await inTransaction(world.db, async (trx) => {
      writeLast(trx, adding(trx, 'first'));
      writeLast(trx, adding(trx, 'second'));
      expect(await limits(trx).whereIn('key', ['first', 'second'])).toEqual([]);
    });
    expect(await points('first', 'second')).toEqual([1, 1]);
  });

  test('is not there where the work fails', async () => {
    const undone = inTransaction(world.db, async (trx) => {
      writeLast(trx, adding(trx, 'undone'));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await points('undone')).toEqual([]);
  });

  test('is not there where its entry cannot be written', async () => {
    const undone = inTransaction(world.db, async (trx) => {
      writeLast(trx, adding(trx, 'unrecorded'));
      recordLast(trx, { ...anEntry({ subject: '' }), settings: 0 });
    });
    await expect(undone).rejects.toThrow(ZodError);
    expect(await points('unrecorded')).toEqual([]);
  });

  test.each([
    ['a row is changed twice', raising, raising],
    ['a row is changed, and then gone', raising, taking],
    ['a row is added, and changed where it is there', adding, putting],
    ['a row is put, and changed', putting, raising],
  ])('is refused as a fault of ours where %s, since one of them would be lost', async (_, one, other) => {
    await limits(world.db).insert({ key: 'one row', points: 5 }).onConflict('key').merge();
    const both = inTransaction(world.db, async (trx) => {
      writeLast(trx, one(trx, 'one row'));
      writeLast(trx, other(trx, 'one row'));
    });
    await expect(both).rejects.toThrow('Two writes of "runtime"."limits" in one statement');
    expect(await points('one row')).toEqual([5]);
  });

  test('changes rows of several tables', async () => {
    await limits(world.db).insert({ key: 'beside', points: 5 });
    await world.db('runtime.sessions').insert({ sid: 'beside', sess: '{}', expire: new Date(0) });
    await inTransaction(world.db, async (trx) => {
      writeLast(trx, raising(trx, 'beside'));
      writeLast(trx, trx('runtime.sessions').where({ sid: 'beside' }).delete());
    });
    expect(await points('beside')).toEqual([6]);
    expect(await world.db('runtime.sessions').where({ sid: 'beside' })).toEqual([]);
  });

  test('is a write, and no query', async () => {
    const asked = inTransaction(world.db, async (trx) => writeLast(trx, limits(trx).select('key')));
    await expect(asked).rejects.toThrow('an insert, an update or a delete');
  });
});
