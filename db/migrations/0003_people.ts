import type { Knex } from 'knex';
import { govern } from './govern.js';

const office = `(office in ('councillor', 'childrens_services', 'legal', 'monitoring_officer',
  'democratic_services', 'host', 'data_protection', 'auditor', 'administrator'))`;

/** The people who sign in, the offices they hold, and who stands in, is absent or is conflicted. */
export const up = async (knex: Knex): Promise<void> => {
  // The password is an argon2id hash in PHC form, or null for somebody who does not sign in with one.
  await knex.raw(`
    create table public.people (
      id uuid primary key default gen_random_uuid(),
      name text not null constraint people_name_check check (btrim(name) <> ''),
      email text not null,
      password_hash text null,
      councillor_id uuid null references public.councillors (id),
      suspended_at timestamptz null,
      created_at timestamptz not null default now()
    )`);
  await knex.raw('create unique index people_email_unique on public.people (lower(email))');
  await knex.raw(
    'create unique index people_councillor_unique on public.people (councillor_id) where councillor_id is not null',
  );
  await knex.raw(`
    create table public.offices_held (
      person_id uuid not null references public.people (id),
      office text not null constraint offices_held_office_check check ${office},
      capacity text not null constraint offices_held_capacity_check check (capacity in ('principal', 'authorised')),
      head boolean not null default false,
      delegation text null,
      primary key (person_id, office),
      constraint offices_held_head_is_principal_check check (not head or capacity = 'principal')
    )`);
  await knex.raw('create unique index offices_held_one_head on public.offices_held (office) where head');
  await knex.raw('create index offices_held_by_office on public.offices_held (office)');
  await knex.raw(`
    create table public.deputies (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      office text not null constraint deputies_office_check check ${office},
      deputy_id uuid not null references public.people (id),
      from_date date not null,
      to_date date not null,
      authority text not null constraint deputies_authority_check check (btrim(authority) <> ''),
      recorded_at timestamptz not null,
      recorded_by uuid null references public.people (id),
      constraint deputies_span_check check (to_date >= from_date)
    )`);
  await knex.raw('create index deputies_by_person on public.deputies (deputy_id, office, seq desc)');
  await knex.raw(`
    create table public.absences (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      office text not null constraint absences_office_check check ${office},
      principal_id uuid not null references public.people (id),
      from_date date not null,
      to_date date not null,
      recorded_at timestamptz not null,
      recorded_by uuid null references public.people (id),
      constraint absences_span_check check (to_date >= from_date)
    )`);
  await knex.raw('create index absences_by_office on public.absences (office, principal_id, seq desc)');
  await knex.raw(`
    create table public.conflicts (
      id uuid primary key default gen_random_uuid(),
      person_id uuid not null references public.people (id),
      kind text not null
        constraint conflicts_kind_check check (kind in ('relation', 'complaint', 'line_management', 'other')),
      councillor_id uuid null references public.councillors (id),
      reference text null,
      recorded_at timestamptz not null,
      recorded_by uuid null references public.people (id),
      constraint conflicts_about_check check (councillor_id is not null or reference is not null)
    )`);
  await knex.raw('create index conflicts_by_councillor on public.conflicts (councillor_id)');
  await knex.raw('create index conflicts_by_reference on public.conflicts (reference)');
  await govern(knex, 'people', ['select', 'insert', 'update']);
  await govern(knex, 'offices_held');
  await govern(knex, 'deputies', ['select', 'insert']);
  await govern(knex, 'absences', ['select', 'insert']);
  await govern(knex, 'conflicts', ['select', 'insert']);
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of ['conflicts', 'absences', 'deputies', 'offices_held', 'people']) {
    await knex.raw('drop table public.??', [table]);
  }
};
