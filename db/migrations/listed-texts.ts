import type { Knex } from 'knex';

/**
 * Changes the table of all free texts. It says how the schema is, and a migration changes it with the schema: no entry on
 * the trail belongs to that.
 */
export const listTexts = async (knex: Knex, change: () => PromiseLike<unknown>): Promise<void> => {
  await knex.raw('alter table public.stored_texts disable trigger stored_texts_leaves_a_trace');
  await change();
  await knex.raw('alter table public.stored_texts enable always trigger stored_texts_leaves_a_trace');
};

const ways = async (knex: Knex, changed: (check: string) => string): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { check: string }[] }>(
    `select pg_get_constraintdef(oid) as check from pg_constraint where conname = 'stored_texts_read_with_check'`,
  );
  await knex.raw('alter table public.stored_texts drop constraint stored_texts_read_with_check');
  await knex.raw(
    `alter table public.stored_texts add constraint stored_texts_read_with_check ${changed(rows[0]?.check ?? '')}`,
  );
};

/** Adds a way by which a text may be read, to whatever ways there are. */
export const readWith = (knex: Knex, way: string): Promise<void> =>
  ways(knex, (check) => check.replace('ARRAY[', `ARRAY['${way}'::text, `));

/** Takes it away again. */
export const readNoMoreWith = (knex: Knex, way: string): Promise<void> =>
  ways(knex, (check) => check.replace(`'${way}'::text, `, ''));
