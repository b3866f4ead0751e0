import type { Knex } from 'knex';

/** Which cautions the signer was given and confirmed: the kinds alone, never the words (need-to-know.md, section 6a). */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.sign_offs add column considered text[] not null default '{}'
      constraint sign_offs_considered_check check (considered <@ array['name', 'party'])`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.sign_offs drop column considered');
};
