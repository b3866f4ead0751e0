import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { useDatabase } from '../../../support/database.js';
import { allowed, columnsOf, tableTypes, typeOf, type Column } from './table-types.js';

const world = useDatabase();
const kept = path.resolve(import.meta.dirname, '../../../../db/core/rows/tables.ts');

test('db/core/rows/tables.ts is what the migrations make; otherwise run npm run db:types', async () => {
  expect(readFileSync(kept, 'utf8')).toBe(tableTypes(await columnsOf(world.owner)));
});

test('a new column, another type and a choice that changed each change the file', async () => {
  const before = tableTypes(await columnsOf(world.owner));
  for (const change of [
    'alter table settings add column note text null',
    'alter table settings alter column capacity drop not null',
    'alter table settings alter column capacity type int using 1',
    `alter table settings add constraint more check (capacity in ('principal', 'authorised'))`,
    `alter table settings drop constraint settings_office_check`,
    `alter table settings alter column at set default now()`,
  ]) {
    const trx = await world.owner.transaction();
    try {
      await trx.raw(change);
      expect([change, tableTypes(await columnsOf(trx)) === before]).toEqual([change, false]);
    } finally {
      await trx.rollback();
    }
  }
});

test('the pool reads each type as the file says', async () => {
  const { rows } = await world.owner.raw<{ rows: Record<string, unknown>[] }>(
    `select 1::int8 as int8, 1::int4 as int4, '2026-01-02'::date as date, now() as timestamptz, 1.5::numeric as numeric,
            '{a,b}'::text[] as _text, array[gen_random_uuid()] as _uuid, '{1}'::int8[] as _int8, 'x'::bytea as bytea,
            true as bool, gen_random_uuid() as uuid, pg_current_xact_id() as xid8`,
  );
  const column = (type: string): Column => ({
    schema: 's',
    table: 't',
    column: 'c',
    type,
    nullable: false,
    filled: false,
    checks: [],
  });
  const kind = (value: unknown): string => {
    if (Array.isArray(value)) return `${kind(value[0])}[]`;
    if (Buffer.isBuffer(value)) return 'Buffer';
    return value instanceof Date ? 'Date' : typeof value;
  };
  const [row = {}] = rows;
  expect(Object.keys(row)).toHaveLength(12);
  for (const [type, value] of Object.entries(row))
    expect([type, kind(value)]).toEqual([type, typeOf(column(type))]);
});

test('only a check that is nothing but a choice of words narrows a column', () => {
  const of = (check: string) => allowed('c', check);
  expect(of(`CHECK ((c = ANY (ARRAY['a'::text, 'it''s'::text])))`)).toEqual(['a', "it's"]);
  expect(of(`CHECK ((c = 'a'::text))`)).toEqual(['a']);
  expect(of(`CHECK ((c <@ ARRAY['a'::text, 'b'::text]))`)).toEqual(['a', 'b']);
  expect(of(`CHECK (((c IS NULL) OR (c = ANY (ARRAY['a'::text]))))`)).toEqual(['a']);
  expect(of(`CHECK ((c <> 'a'::text))`)).toBeUndefined();
  expect(of(`CHECK (((c = 'a'::text) OR (c ~ 'b'::text)))`)).toBeUndefined();
  expect(of(`CHECK ((btrim(c) <> ''::text))`)).toBeUndefined();
});
