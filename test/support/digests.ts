import type { Knex } from 'knex';

/**
 * What each table of ours holds, the trail's and those that only run the service included: how many rows, and a digest of
 * all that stands in them, but for when a session ends, which each call puts off. Neither the order of the rows nor the
 * transaction that wrote them counts.
 *
 * @param db a login that may read everything, past row security too
 * @returns by `schema.table`
 */
export const digests = async (db: Knex): Promise<Readonly<Record<string, string>>> => {
  const { rows: tables } = await db.raw<{ rows: { name: string }[] }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const each = tables.map(
    ({ name }) => `select '${name}' as name, count(*) || ':' ||
      md5(coalesce(string_agg(md5(t.row), '' order by md5(t.row)), '')) as sum
         from (select (to_jsonb(x) - 'expire')::text as row from ${name} x) t`,
  );
  const { rows } = await db.raw<{ rows: { name: string; sum: string }[] }>(each.join(' union all '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
};
