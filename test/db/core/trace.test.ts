import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { append, type Entry } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { enqueue } from '../../../db/outbox/outbox.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const anEntry: Entry = {
  type: 'message.sent',
  at: new Date('2026-03-02T09:00:00.000Z'),
  actor: 'system',
  actorName: 'The service',
  office: null,
  capacity: null,
  subject: 'OBS-2026-0001',
};
const withoutTrace = { code: '23514', constraint: 'no_change_without_a_trace', table: 'messages' };
const stored = async (key: string): Promise<boolean> =>
  (await world.db('messages').where({ key }).first('id')) !== undefined;
const change = (trx: Knex.Transaction, key: string): Promise<string[]> =>
  enqueue(trx, { key, toPerson: randomUUID(), kind: 'request_submitted', reference: 'OBS-2026-0001' });
/** A message that is there, with its trace. */
const aMessage = async (): Promise<string> => {
  const key = randomUUID();
  await inTransaction(world.db, async (trx) => {
    await change(trx, key);
    await append(trx, anEntry);
  });
  return key;
};

describe('no change without a trace:', () => {
  test('a change with an entry in its transaction is committed, whichever comes first', async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    await inTransaction(world.db, async (trx) => {
      await append(trx, anEntry);
      await change(trx, before);
    });
    await inTransaction(world.db, async (trx) => {
      await change(trx, after);
      await append(trx, anEntry);
    });
    expect([await stored(before), await stored(after)]).toEqual([true, true]);
  });

  test.each<[string, (trx: Knex.Transaction, key: string) => Promise<unknown>]>([
    ['insert', (trx) => change(trx, randomUUID())],
    ['update', (trx, key) => trx('messages').where({ key }).update({ attempts: 1 })],
  ])("an %s behind the service's back fails at commit", async (_what, act) => {
    const key = await aMessage();
    const done: string[] = [];
    const attempt = inTransaction(world.db, async (trx) => {
      await act(trx, key);
      done.push('changed');
    });
    await expect(attempt).rejects.toMatchObject(withoutTrace);
    expect(done).toEqual(['changed']);
    expect(await world.db('messages').where({ key }).first('attempts')).toEqual({ attempts: 0 });
  });

  test("a delete fails too, even the owner's", async () => {
    const key = await aMessage();
    const attempt = inTransaction(world.owner, (trx) => trx('messages').where({ key }).delete());
    await expect(attempt).rejects.toMatchObject(withoutTrace);
    expect(await stored(key)).toBe(true);
  });

  test('a change outside any transaction fails', async () => {
    const key = await aMessage();
    await expect(world.db('messages').where({ key }).update({ attempts: 1 })).rejects.toMatchObject(
      withoutTrace,
    );
  });

  test('an entry of an earlier transaction does not count', async () => {
    await inTransaction(world.db, (trx) => append(trx, anEntry));
    await expect(inTransaction(world.db, (trx) => change(trx, randomUUID()))).rejects.toMatchObject(
      withoutTrace,
    );
  });

  test('an entry of a transaction still under way elsewhere does not count', async () => {
    const other = await world.db.transaction();
    await append(other, anEntry);
    await expect(inTransaction(world.db, (trx) => change(trx, randomUUID()))).rejects.toMatchObject(
      withoutTrace,
    );
    await other.rollback();
  });

  test('an entry written within a savepoint counts for the whole', async () => {
    const key = randomUUID();
    await inTransaction(world.db, async (trx) => {
      await change(trx, key);
      await trx.transaction((inner) => append(inner, anEntry));
    });
    expect(await stored(key)).toBe(true);
  });

  test('a change within a savepoint needs its entry like any other', async () => {
    const attempt = inTransaction(world.db, (trx) => trx.transaction((inner) => change(inner, randomUUID())));
    await expect(attempt).rejects.toMatchObject(withoutTrace);
  });

  test('an entry that was rolled back to a savepoint does not count', async () => {
    const attempt = inTransaction(world.db, async (trx) => {
      await change(trx, randomUUID());
      await trx.raw('savepoint here');
      await append(trx, anEntry);
      await trx.raw('rollback to savepoint here');
    });
    await expect(attempt).rejects.toMatchObject(withoutTrace);
  });

  test('to force the check early and then roll the entry back does not help', async () => {
    const attempt = inTransaction(world.db, async (trx) => {
      await change(trx, randomUUID());
      await trx.raw('savepoint here');
      await append(trx, anEntry);
      await trx.raw('set constraints all immediate');
      await trx.raw('rollback to savepoint here');
    });
    await expect(attempt).rejects.toMatchObject(withoutTrace);
  });

  test('a change that was rolled back to a savepoint needs no entry', async () => {
    const key = randomUUID();
    await inTransaction(world.db, async (trx) => {
      await trx.raw('savepoint here');
      await change(trx, key);
      await trx.raw('rollback to savepoint here');
    });
    expect(await stored(key)).toBe(false);
  });

  test('the service may neither truncate nor switch the check off', async () => {
    for (const sql of [
      'truncate public.messages',
      'alter table public.messages disable trigger all',
      'drop trigger messages_leaves_a_trace on public.messages',
      'set session_replication_role = replica',
      'create table public.elsewhere (id int)',
      'insert into audit.pending (entry_id, seq) select id, seq from audit.entries limit 1',
    ]) {
      await expect(world.db.raw(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('replica mode does not switch the check off', async () => {
    const superuser = world.open(world.superuserUrl);
    const attempt = inTransaction(superuser, async (trx) => {
      await trx.raw('set local session_replication_role = replica');
      await change(trx, randomUUID());
    });
    await expect(attempt).rejects.toMatchObject(withoutTrace);
  });
});

describe('every table of ours', () => {
  /** The schemas that hold no record: sign-in sessions and the like, jobs, and the trail itself. */
  const exempt = ['runtime', 'audit', 'graphile_worker', 'pg_catalog', 'information_schema', 'pg_toast'];
  const knexOwn = ['knex_migrations', 'knex_migrations_lock'];

  const tables = async (): Promise<{ oid: number; name: string }[]> => {
    const { rows } = await world.owner.raw(
      `select c.oid::int as oid, n.nspname || '.' || c.relname as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'f') and n.nspname <> all (?) and n.nspname !~ '^pg_(temp|toast_temp)_'
          and not (n.nspname = 'public' and c.relname = any (?))
        order by 2`,
      [exempt, knexOwn],
    );
    return rows;
  };

  test('is governed: insert, update and delete of each row are checked at commit, always', async () => {
    const all = await tables();
    expect(all.map(({ name }) => name)).toContain('public.messages');
    const { rows } = await world.owner.raw(
      `select tgrelid::int as oid from pg_trigger
        where tgfoid = 'audit.require_trace'::regproc and tgenabled = 'A' and tgdeferrable and tginitdeferred
          and tgtype & 1 = 1 and tgtype & 28 = 28 and tgqual is null and tgattr = ''`,
    );
    const governed = new Set(rows.map(({ oid }: { oid: number }) => oid));
    expect(all.filter(({ oid }) => !governed.has(oid)).map(({ name }) => name)).toEqual([]);
  });

  test('is out of reach of truncate, triggers and ownership for the service and for everybody', async () => {
    for (const { name } of await tables()) {
      const { rows } = await world.owner.raw(
        `select r.role from (values ('ntk_service'), ('public')) as r (role)
          where has_table_privilege(r.role, ?, 'truncate') or has_table_privilege(r.role, ?, 'trigger')
             or has_table_privilege(r.role, ?, 'references')`,
        [name, name, name],
      );
      expect({ name, may: rows }).toEqual({ name, may: [] });
    }
  });
});
