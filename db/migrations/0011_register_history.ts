import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * The register as it was: what was allowed at a visit is judged by what the register held then. And what
 * the committee system says of a member (its own number, the work e-mail, the posts), and a seat lost.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.councillors
      add column external_id text null
        constraint councillors_external_id_unique unique
        constraint councillors_external_id_check check (btrim(external_id) <> ''),
      add column email text null,
      add column posts text[] not null default '{}',
      add column defeat_poll date null,
      add column defeat_declared_at timestamptz null,
      add constraint councillors_defeat_check check ((defeat_poll is null) = (defeat_declared_at is null))`);
  await knex.raw(`
    create table public.register_history (
      seq bigint generated always as identity primary key,
      councillor_id uuid not null references public.councillors (id),
      at timestamptz not null,
      facts jsonb not null
    )`);
  await knex.raw(
    'create index register_history_by_councillor on public.register_history (councillor_id, seq)',
  );
  await govern(knex, 'register_history', ['select', 'insert']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.register_history');
  await knex.raw(`
    alter table public.councillors
      drop column external_id, drop column email, drop column posts,
      drop column defeat_poll, drop column defeat_declared_at`);
};
