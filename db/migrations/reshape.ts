import type { Knex } from 'knex';

/**
 * Writes a function of the database again, with one part of it in other words: whatever else earlier migrations made of it
 * stays, and so do its rights.
 *
 * @param name a function that is alone with its name in the schema
 * @throws Error where it does not hold that part: it is not the one that the migration changes
 */
export const reshape = async (
  knex: Knex,
  name: string,
  from: string,
  to: string,
  schema: 'public' | 'runtime' = 'public',
): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { source: string }[] }>(
    `select pg_get_functiondef(p.oid) as source from pg_proc p
       where p.proname = ? and p.pronamespace = cast(? as regnamespace)`,
    [name, schema],
  );
  const [found] = rows;
  if (!found?.source.includes(from))
    throw new Error(`The function ${name} is not the one that this changes.`);
  // The text may have question marks of its own, which are no bindings.
  await knex.raw(found.source.replaceAll(from, to).replaceAll('?', '\\?'));
};
