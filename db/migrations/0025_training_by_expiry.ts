import type { Knex } from 'knex';

/** The job that warns of training that runs out finds it by the day, and does not read what everybody ever did. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('create index training_by_expiry on public.training (expires)');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index public.training_by_expiry');
};
