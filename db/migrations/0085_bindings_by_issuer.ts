import type { Knex } from 'knex';

/**
 * A council that changes its provider binds its accounts there anew. A binding at the provider before opens nothing, and
 * stands in nobody's way.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.provider_bindings drop constraint provider_bindings_pkey,
      add constraint provider_bindings_pkey primary key (person_id, issuer)`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.provider_bindings drop constraint provider_bindings_pkey,
      add constraint provider_bindings_pkey primary key (person_id)`);
};
