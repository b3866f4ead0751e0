import type { Knex } from 'knex';

/** Whose each session is, and a number for it that may be told, unlike the secret in its cookie. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table runtime.sessions
      add column id uuid not null default gen_random_uuid() constraint sessions_id_unique unique,
      add column person_id uuid generated always as ((sess #>> '{passport,user,id}')::uuid) stored`);
  await knex.raw('drop index runtime.sessions_by_person');
  await knex.raw('create index sessions_by_person on runtime.sessions (person_id)');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index runtime.sessions_by_person');
  await knex.raw('alter table runtime.sessions drop column person_id, drop column id');
  await knex.raw(`create index sessions_by_person on runtime.sessions ((sess #>> '{passport,user,id}'))`);
};
