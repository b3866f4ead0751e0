import { describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { loadDemo } from '../../../db/demo/demo.js';
import { freeze } from '../../../db/grant/freezes.js';
import { migrateLatest, rollbackAll } from '../../../db/schema/migrate.js';
import { migrations, migrationSource } from '../../../db/migrations/index.js';
import { insertQuestion } from '../../../db/question/visit-questions.js';
import { dueKinds } from '../../../policies/deadline/due-days.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { decideRequest } from '../../../server/decision/decide-request.js';
import { useDatabase } from '../../support/database.js';
import { attendedVisit, plannedVisit } from '../../support/granted.js';
import { reason } from '../../support/line.js';
import { behindTheApi, brought, ctxFor, personId } from '../../support/people.js';

const world = useDatabase();

/** What the demonstration has none of: a receipt that has not gone out, visits, a question and a freeze. */
const moreDeadlines = async (db: Knex): Promise<void> => {
  const at = new Date();
  const date = londonDate(at);
  await brought(db, 'submitted');
  const { reference } = await brought(db, 'ready', {
    changes: { window: { from: date, to: addDays(date, 20) } },
  });
  await decideRequest(await ctxFor(db, await personId(db, 'legal'), () => at), reference, {
    version: 1,
    outcome: 'approve',
    reasons: reason,
    grounds: [],
    conditions: [],
    categories: ['process'],
  });
  await behindTheApi(db, async (trx) => {
    const by = await personId(trx, 'host');
    const grant: { id: string; councillor: string } = await trx('grants as g')
      .join('requests as r', 'r.id', 'g.request_id')
      .where({ reference })
      .first('g.id', 'r.councillor_id as councillor');
    await plannedVisit(trx, grant.id, { date, at, by });
    const visitId = await plannedVisit(trx, grant.id, { date, at, by });
    const times = { arrived: new Date(at.getTime() - 7_200_000), left: at };
    await attendedVisit(trx, { grantId: grant.id, visitId }, { ...times, authorised: false, at, by });
    await insertQuestion(trx, visitId, {
      kind: 'question',
      text: 'Who was in the room?',
      at,
      by,
      ownerId: by,
      dueOn: addDays(date, 14),
    });
    const [incident] = await trx('incidents')
      .insert({
        what: 'outside_scope',
        caused_by: 'councillor',
        councillor_id: grant.councillor,
        grant_id: grant.id,
        happened_at: at,
        reported_at: at,
        reported_by: by,
      })
      .returning<{ id: string }[]>('id');
    await freeze(trx, { grantId: grant.id, incidentId: incident?.id ?? '', at });
  });
};

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

  test('leave no function that takes the day of another place for that of London', async () => {
    const { rows } = await world.owner.raw<{ rows: object[] }>(
      `select proname from pg_proc where pronamespace in ('public'::regnamespace, 'runtime'::regnamespace)
         and prosrc ~* '\\m(current_date|localtimestamp|current_timestamp\\s*::\\s*date|now\\(\\)\\s*::\\s*date)'`,
    );
    expect(rows).toEqual([]);
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

  test('take the data of the schema before with them: each deadline that runs, and each day of disposal', async () => {
    await migrateLatest(world.ownerUrl);
    const db = world.open();
    await loadDemo(db, new Date());
    await moreDeadlines(db);
    const kept = async () => ({
      deadlines: (
        await world.owner.raw(
          `select request_id, kind, subject,
              case when kind in ('clock', 'answer_returned', 'answer_question') then due_on end as due_on
            from runtime.due_days order by request_id, kind, subject`,
        )
      ).rows as { kind: string }[],
      days: (await world.owner.raw('select * from runtime.disposal_days order by councillor_id')).rows as {
        due_from: string | null;
      }[],
    });
    const before = await kept();
    // What an incident exposed is asked since 0091, and goes with its column: no breach is due before and after it.
    const sinceThen = ['report_breach'];
    expect(new Set(before.deadlines.map(({ kind }) => kind))).toEqual(
      new Set(dueKinds.filter((kind) => !sinceThen.includes(kind))),
    );
    expect(before.days.some(({ due_from: from }) => from !== null)).toBe(true);

    const since = migrations.map(({ name }) => name).filter((name) => name >= '0022');
    for (let left = since.length; left > 0; left -= 1) {
      await world.owner.migrate.down({ migrationSource, tableName: 'knex_migrations' });
    }
    expect(await migrateLatest(world.ownerUrl)).toEqual(since);
    expect(await kept()).toEqual(before);
  }, 60_000);

  test('are numbered in order, and named without an extension', () => {
    const names = migrations.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^\d{4}_[a-z0-9_]+$/);
  });
});
