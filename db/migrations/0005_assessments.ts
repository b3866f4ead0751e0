import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * The answers of the test and the discussion, each belonging to one version. An answer that was carried
 * over to a new version counts only when its office has confirmed it.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.answers (
      request_id bigint not null,
      version int not null,
      question text not null,
      answer jsonb not null,
      reason jsonb null,
      confirmed boolean not null,
      person_id uuid not null references public.people (id),
      office text not null,
      capacity text not null,
      at timestamptz not null,
      primary key (request_id, version, question),
      foreign key (request_id, version) references public.request_versions (request_id, version)
    )`);
  await knex.raw(`
    create table public.discussion (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      request_id bigint not null,
      version int not null,
      person_id uuid not null references public.people (id),
      office text not null,
      capacity text not null,
      at timestamptz not null,
      text text not null constraint discussion_text_check check (btrim(text) <> ''),
      privileged boolean not null default false,
      meeting_date date null,
      present text[] null,
      foreign key (request_id, version) references public.request_versions (request_id, version),
      constraint discussion_meeting_check check ((meeting_date is null) = (present is null)),
      constraint discussion_privilege_check check (not privileged or office in ('legal', 'monitoring_officer'))
    )`);
  await knex.raw('create index discussion_by_request on public.discussion (request_id, seq)');
  await frozen(knex);
  await govern(knex, 'answers', ['select', 'insert', 'update']);
  await govern(knex, 'discussion', ['select', 'insert']);
};

/** The answers are frozen with the decision. */
const frozen = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_frozen() returns trigger
      language plpgsql set search_path = pg_catalog as $$
    begin
      if exists (
        select from public.requests
        where id = new.request_id and (status in ('approved', 'refused', 'withdrawn') or version <> new.version)
      ) then
        raise exception 'the answers of a version that is closed are frozen'
          using errcode = '23514', constraint = 'answers_frozen';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger answers_frozen before insert or update on public.answers
      for each row execute function public.keep_frozen()`);
  await knex.raw(`
    create trigger discussion_frozen before insert on public.discussion
      for each row execute function public.keep_frozen()`);
  await knex.raw('alter table public.answers enable always trigger answers_frozen');
  await knex.raw('alter table public.discussion enable always trigger discussion_frozen');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.discussion');
  await knex.raw('drop table public.answers');
  await knex.raw('drop function public.keep_frozen()');
};
