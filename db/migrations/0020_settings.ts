import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * What the council has set for itself: each change a row with everything that holds from then on, so that what
 * held on any day can be read again. And what such a change did to deadlines that were running.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.settings (
      revision bigint generated always as identity primary key,
      choices jsonb not null constraint settings_choices_check check (jsonb_typeof(choices) = 'object'),
      at timestamptz not null,
      person_id uuid not null references public.people (id),
      office text not null constraint settings_office_check check (office = 'democratic_services'),
      capacity text not null
    )`);
  await govern(knex, 'settings', ['select', 'insert']);

  await knex.raw(`
    create table public.deadline_moves (
      seq bigint generated always as identity primary key,
      request_id bigint not null references public.requests (id) on delete cascade,
      what text not null,
      subject uuid null,
      was date not null,
      became date not null,
      because text not null constraint deadline_moves_because_check check (because in ('calendar', 'settings')),
      at timestamptz not null,
      constraint deadline_moves_moved_check check (was <> became)
    )`);
  await knex.raw('create index deadline_moves_by_request on public.deadline_moves (request_id, seq)');
  await govern(knex, 'deadline_moves', ['select', 'insert']);

  // The months of the schedule are the council's to set.
  await knex.raw('grant update (months) on public.retention_schedule to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('revoke update (months) on public.retention_schedule from ntk_service');
  await knex.raw('drop table public.deadline_moves');
  await knex.raw('drop table public.settings');
};
