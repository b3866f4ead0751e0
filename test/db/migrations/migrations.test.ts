import { describe, expect, test } from '@jest/globals';
import { migrateLatest, rollbackAll } from '../../../db/core/migrate.js';
import { migrations } from '../../../db/migrations/index.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const ours = `nspname !~ '^pg_' and nspname <> 'information_schema'`;
/** Everything that makes up a schema, as text and in order: what two equal schemas have equal. */
const parts = {
  schemas: `select nspname as name, nspowner::regrole::text as owner, nspacl::text as rights
              from pg_namespace where ${ours} order by 1`,
  relations: `select c.oid::regclass::text as name, c.relkind::text as kind, c.relowner::regrole::text as owner,
                     c.relacl::text as rights
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where ${ours} and relname !~ '^knex_' order by 1`,
  columns: `select attrelid::regclass::text as relation, attnum, attname, format_type(atttypid, atttypmod) as type,
                   attnotnull, attidentity::text, attgenerated::text, attacl::text, pg_get_expr(adbin, adrelid) as value
              from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
              left join pg_attrdef on adrelid = attrelid and adnum = attnum
             where ${ours} and attnum > 0 and not attisdropped and relname !~ '^knex_' order by 1, 2`,
  constraints: `select conrelid::regclass::text as relation, conname, pg_get_constraintdef(k.oid) as definition
                  from pg_constraint k join pg_namespace n on n.oid = connamespace
                 where ${ours} and conrelid::regclass::text !~ 'knex_' order by 1, 2`,
  indexes: `select schemaname, indexname, indexdef from pg_indexes
             where schemaname !~ '^pg_' and tablename !~ '^knex_' order by 1, 2`,
  triggers: `select tgrelid::regclass::text as relation, tgname, tgenabled::text, pg_get_triggerdef(oid) as definition
               from pg_trigger where not tgisinternal order by 1, 2`,
  functions: `select p.oid::regprocedure::text as name, proowner::regrole::text as owner, proacl::text as rights,
                     pg_get_functiondef(p.oid) as definition
                from pg_proc p join pg_namespace n on n.oid = pronamespace
               where ${ours} and prokind in ('f', 'p') order by 1`,
  types: `select format_type(t.oid, null) as name, array(select enumlabel from pg_enum where enumtypid = t.oid order by 1) as labels
            from pg_type t join pg_namespace n on n.oid = typnamespace
           where ${ours} and typtype in ('e', 'd') order by 1`,
};
const schema = async (): Promise<Record<string, Record<string, unknown>[]>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(parts).map(async ([part, sql]) => [part, (await world.owner.raw(sql)).rows]),
    ),
  );

describe('the migrations', () => {
  test('go down to nothing and up again to the same schema', async () => {
    const first = await schema();
    expect(first['relations']?.length).toBeGreaterThan(10);

    const names = migrations.map(({ name }) => name);
    expect(await rollbackAll(world.ownerUrl)).toEqual(names.toReversed());
    const { schemas, ...rest } = await schema();
    expect(schemas?.map(({ name }) => name)).toEqual(['public']);
    for (const [part, left] of Object.entries(rest)) expect({ part, left }).toEqual({ part, left: [] });

    expect(await migrateLatest(world.ownerUrl)).toEqual(names);
    expect(await schema()).toEqual(first);
  });

  test('are applied once when several processes start at the same time', async () => {
    await rollbackAll(world.ownerUrl);
    const applied = await Promise.all([1, 2, 3].map(() => migrateLatest(world.ownerUrl)));
    expect(applied.filter((names) => names.length > 0)).toEqual([migrations.map(({ name }) => name)]);
  });

  test('go on after a process was killed while it held the lock of the migration table', async () => {
    await world.owner('knex_migrations_lock').update({ is_locked: 1 });
    expect(await migrateLatest(world.ownerUrl)).toEqual([]);
  });

  test('are numbered in order, and named without an extension', () => {
    const names = migrations.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^\d{4}_[a-z0-9_]+$/);
  });
});
