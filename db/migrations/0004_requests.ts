import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Requests: the row that moves, the versions that never change, and the times it was returned.
 * `submitted` is whether it ever was: until then its author alone reads it.
 */
export const up = async (knex: Knex): Promise<void> => {
  // One row a year, locked while a number is given: references have no gap and no twin.
  await knex.raw(`
    create table public.reference_numbers (
      year int primary key,
      last int not null
    )`);
  await knex.raw(`
    create table public.requests (
      id bigint generated always as identity primary key,
      reference text not null constraint requests_reference_unique unique
        constraint requests_reference_check check (reference ~ '^OBS-[0-9]{4}-[0-9]{4,}$'),
      councillor_id uuid not null references public.councillors (id),
      status text not null default 'draft' constraint requests_status_check check (
        status in ('draft', 'submitted', 'returned', 'approved', 'refused', 'withdrawn')),
      version int not null default 1 constraint requests_version_check check (version >= 1),
      observation_type text null,
      host_id uuid null references public.people (id),
      manager_id uuid null references public.people (id),
      submitted_at timestamptz null,
      submitted boolean not null generated always as (submitted_at is not null) stored,
      due_on date null,
      decided_at timestamptz null,
      withdrawn_at timestamptz null,
      acted_by uuid[] not null default '{}',
      created_at timestamptz not null,
      constraint requests_submitted_check check (status in ('draft', 'withdrawn') or submitted_at is not null),
      constraint requests_decided_check check ((decided_at is not null) = (status in ('approved', 'refused'))),
      constraint requests_withdrawn_check check ((withdrawn_at is not null) = (status = 'withdrawn')),
      constraint requests_host_and_manager_check
        check ((host_id is null) = (manager_id is null) and host_id is distinct from manager_id or host_id is null)
    )`);
  await knex.raw('create index requests_by_councillor on public.requests (councillor_id, id desc)');
  await knex.raw(
    'create index requests_by_host on public.requests (host_id, id desc) where host_id is not null',
  );
  await knex.raw('create index requests_by_actor on public.requests using gin (acted_by)');
  await knex.raw('create index requests_by_status on public.requests (status, id desc)');
  await knex.raw('create index requests_by_type on public.requests (observation_type, id desc)');
  await knex.raw('create index requests_by_due on public.requests (due_on, id) where due_on is not null');

  // What was asked, word for word: what was signed can always be read again.
  await knex.raw(`
    create table public.request_versions (
      request_id bigint not null references public.requests (id),
      version int not null,
      content jsonb not null,
      created_at timestamptz not null,
      primary key (request_id, version)
    )`);
  await knex.raw(`
    create table public.request_returns (
      id uuid primary key default gen_random_uuid(),
      request_id bigint not null references public.requests (id),
      version int not null,
      questions text not null constraint request_returns_questions_check check (btrim(questions) <> ''),
      person_id uuid not null references public.people (id),
      office text not null,
      capacity text not null,
      returned_at timestamptz not null,
      resubmitted_at timestamptz null
    )`);
  await knex.raw(
    'create index request_returns_by_request on public.request_returns (request_id, returned_at)',
  );
  await knex.raw(
    'create unique index request_returns_one_open on public.request_returns (request_id) where resubmitted_at is null',
  );
  await settled(knex);
  await govern(knex, 'reference_numbers', ['select', 'insert', 'update']);
  await govern(knex, 'requests', ['select', 'insert', 'update']);
  await govern(knex, 'request_versions', ['select', 'insert']);
  await govern(knex, 'request_returns', ['select', 'insert', 'update']);
};

/**
 * What is settled stays settled, behind the service's back too: approved and withdrawn are final, a
 * refusal is opened again only as a new version (a remittal), and no version goes down.
 */
const settled = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_settled() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.version < old.version or new.reference <> old.reference or new.councillor_id <> old.councillor_id
        or (old.submitted_at is not null and new.submitted_at is null)
        or (old.status in ('approved', 'withdrawn') and (new.status <> old.status or new.version <> old.version))
        or (old.status = 'refused'
            and not (new.status = 'refused' and new.version = old.version)
            and not (new.status = 'submitted' and new.version = old.version + 1))
      then
        raise exception 'what is settled stays settled' using errcode = '23514', constraint = 'requests_settled';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger requests_settled before update on public.requests
      for each row execute function public.keep_settled()`);
  await knex.raw('alter table public.requests enable always trigger requests_settled');
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of ['request_returns', 'request_versions', 'requests', 'reference_numbers']) {
    await knex.raw('drop table public.??', [table]);
  }
  await knex.raw('drop function public.keep_settled()');
};
