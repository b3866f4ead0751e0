import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * The register of members: standing, term, ward, appointments, training, and the protocol whose
 * acceptance is the undertaking. No party, home address or telephone: there is no column for them.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.councillors (
      id uuid primary key default gen_random_uuid(),
      name text not null constraint councillors_name_check check (btrim(name) <> ''),
      ward text null,
      standing text not null
        constraint councillors_standing_check check (standing in ('sitting', 'coopted', 'elect', 'former')),
      term_from date not null,
      term_to date null,
      breach_upheld_on date null,
      created_at timestamptz not null default now(),
      constraint councillors_term_check check (term_to >= term_from),
      constraint councillors_coopted_has_no_ward_check check (standing <> 'coopted' or ward is null)
    )`);
  await knex.raw('create index councillors_by_name on public.councillors (name collate "C", id)');
  await knex.raw(`
    create table public.appointments (
      id uuid primary key default gen_random_uuid(),
      councillor_id uuid not null references public.councillors (id),
      title text not null,
      kind text not null constraint appointments_kind_check check (
        kind in ('relevant_committee', 'lead_member', 'corporate_parenting', 'task_group', 'ward', 'other')),
      from_date date not null,
      to_date date null,
      constraint appointments_span_check check (to_date >= from_date)
    )`);
  await knex.raw('create index appointments_by_councillor on public.appointments (councillor_id)');
  await knex.raw(`
    create table public.training (
      id uuid primary key default gen_random_uuid(),
      councillor_id uuid not null references public.councillors (id),
      kind text not null,
      completed date not null,
      expires date not null,
      constraint training_span_check check (expires >= completed)
    )`);
  await knex.raw('create index training_by_councillor on public.training (councillor_id)');
  await knex.raw(`
    create table public.protocol_versions (
      version int primary key constraint protocol_versions_version_check check (version >= 1),
      text text not null,
      in_force_from timestamptz not null
    )`);
  await knex.raw(`
    create table public.protocol_acceptances (
      councillor_id uuid not null references public.councillors (id),
      version int not null references public.protocol_versions (version),
      accepted_at timestamptz not null,
      primary key (councillor_id, version)
    )`);
  await govern(knex, 'councillors', ['select', 'insert', 'update']);
  await govern(knex, 'appointments', ['select', 'insert', 'update']);
  await govern(knex, 'training', ['select', 'insert', 'update']);
  await govern(knex, 'protocol_versions', ['select', 'insert']);
  await govern(knex, 'protocol_acceptances', ['select', 'insert']);
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of [
    'protocol_acceptances',
    'protocol_versions',
    'training',
    'appointments',
    'councillors',
  ]) {
    await knex.raw('drop table public.??', [table]);
  }
};
