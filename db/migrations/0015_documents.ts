import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Papers: the draft that a wish for papers opens, the statutory right that Legal records, and what was
 * released when. No file is held.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.requests
      add column opened_by bigint null references public.requests (id)
        constraint requests_opened_by_unique unique`);
  await knex.raw(`
    create table public.statutory_rights (
      seq bigint generated always as identity primary key,
      request_id bigint not null references public.requests (id),
      version int not null,
      right_given text not null constraint statutory_rights_right_check
        check (right_given in ('none', 's100F', 'reg16', 'reg17')),
      due_on date null,
      recorded_at timestamptz not null,
      person_id uuid not null references public.people (id),
      capacity text not null,
      constraint statutory_rights_due_check check ((right_given = 'none') = (due_on is null))
    )`);
  await knex.raw(
    'create index statutory_rights_by_request on public.statutory_rights (request_id, seq desc)',
  );
  await knex.raw(`
    create table public.releases (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      request_id bigint not null references public.requests (id),
      category text not null constraint releases_category_check check (btrim(category) <> ''),
      released_at timestamptz not null,
      returned_at timestamptz null,
      recorded_at timestamptz not null,
      person_id uuid not null references public.people (id),
      office text not null,
      capacity text not null,
      -- What nothing allowed while the papers were out is never without its incident.
      authorised boolean not null default true,
      incident_id uuid null references public.incidents (id),
      constraint releases_unauthorised_check check (authorised or incident_id is not null),
      constraint releases_unique unique (request_id, category, released_at),
      constraint releases_times_check check (
        released_at <= recorded_at and (returned_at is null or returned_at >= released_at))
    )`);
  await knex.raw('create index releases_by_request on public.releases (request_id, seq)');
  await knex.raw(`
    create function public.keep_release() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      changing text[] := array['returned_at', 'authorised', 'incident_id'];
    begin
      if old.returned_at is not null or new.returned_at is null
        or (to_jsonb(new) - changing) <> (to_jsonb(old) - changing)
        or (new.authorised and not old.authorised)
        or (old.incident_id is not null and new.incident_id is distinct from old.incident_id)
      then
        raise exception 'papers come back once, and nothing else of their release changes'
          using errcode = '23514', constraint = 'releases_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger releases_kept before update on public.releases
      for each row execute function public.keep_release()`);
  await knex.raw('alter table public.releases enable always trigger releases_kept');
  await govern(knex, 'statutory_rights', ['select', 'insert']);
  await govern(knex, 'releases', ['select', 'insert', 'update']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.releases');
  await knex.raw('drop function public.keep_release()');
  await knex.raw('drop table public.statutory_rights');
  await knex.raw('alter table public.requests drop column opened_by');
};
