import type { Knex } from 'knex';
import { govern } from './govern.js';

/** Programmes: an invitation to members, with draft answers that each office confirms for each councillor. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.programmes (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      title text not null constraint programmes_title_check check (btrim(title) <> ''),
      observation_types text[] not null
        constraint programmes_types_check check (cardinality(observation_types) > 0),
      window_from date not null,
      window_to date not null,
      places int not null constraint programmes_places_check check (places between 1 and 100),
      draft_answers jsonb not null default '{}',
      opened_at timestamptz not null,
      person_id uuid not null references public.people (id),
      constraint programmes_window_check check (window_to >= window_from)
    )`);
  await knex.raw(`
    create index request_versions_by_programme on public.request_versions ((content->>'programme'))
      where content \\? 'programme'`);
  await govern(knex, 'programmes', ['select', 'insert']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index public.request_versions_by_programme');
  await knex.raw('drop table public.programmes');
};
