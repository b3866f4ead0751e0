import type { Knex } from 'knex';

/** Numbers that a message tells, by their names: how many of each, and nothing about anybody. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.messages add column counts jsonb null
      constraint messages_counts_check check (
        jsonb_typeof(counts) = 'object' and not jsonb_path_exists(counts, '$.* \\? (@.type() <> "number")'))`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.messages drop column counts');
};
