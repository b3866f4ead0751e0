import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Reviews, directions and remittals; and whom the Chief Executive named where nobody of an office was free.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.requests
      add column remitted_at timestamptz null,
      add column remitted_from int null,
      add column named_ids uuid[] not null default '{}',
      add constraint requests_remitted_check check (
        (remitted_at is null) = (remitted_from is null) and remitted_from < version)`);
  await knex.raw('create index requests_by_named on public.requests using gin (named_ids)');
  await knex.raw(`
    create table public.reviews (
      id uuid primary key default gen_random_uuid(),
      request_id bigint not null,
      version int not null,
      reasons text not null constraint reviews_reasons_check check (btrim(reasons) <> ''),
      asked_at timestamptz not null,
      asked_by uuid not null references public.people (id),
      outcome text null constraint reviews_outcome_check check (outcome in ('upheld', 'remitted', 'superseded')),
      decision_reasons text null,
      decided_at timestamptz null,
      decided_by uuid null references public.people (id),
      capacity text null constraint reviews_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      deputy_for uuid null references public.people (id),
      constraint reviews_one_a_refusal unique (request_id, version),
      foreign key (request_id, version) references public.request_versions (request_id, version),
      constraint reviews_decided_check check (
        (outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null)
        and (outcome is null) = (capacity is null) and decided_at >= asked_at
        and (coalesce(outcome, 'superseded') = 'superseded' or coalesce(btrim(decision_reasons), '') <> ''))
    )`);
  await knex.raw(`
    create table public.named_people (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      request_id bigint not null references public.requests (id),
      office text not null constraint named_people_office_check check (
        office in ('childrens_services', 'democratic_services', 'legal', 'monitoring_officer')),
      person_id uuid not null references public.people (id),
      named_by text not null constraint named_people_named_by_check check (btrim(named_by) <> ''),
      authority text not null constraint named_people_authority_check check (btrim(authority) <> ''),
      recorded_at timestamptz not null,
      recorded_by uuid not null references public.people (id)
    )`);
  await knex.raw('create index named_people_by_request on public.named_people (request_id, seq)');
  await knex.raw(`
    create table public.directions (
      id uuid primary key default gen_random_uuid(),
      request_id bigint not null,
      version int not null,
      body text not null constraint directions_body_check check (btrim(body) <> ''),
      given_on date not null,
      minute text not null constraint directions_minute_check check (btrim(minute) <> ''),
      recorded_at timestamptz not null,
      recorded_by uuid not null references public.people (id),
      capacity text not null,
      constraint directions_one_a_refusal unique (request_id, version),
      foreign key (request_id, version) references public.request_versions (request_id, version)
    )`);
  await keepReviewed(knex);
  await keepRemitted(knex);
  await afresh(knex);
  await govern(knex, 'reviews', ['select', 'insert', 'update']);
  await govern(knex, 'named_people', ['select', 'insert']);
  await govern(knex, 'directions', ['select', 'insert']);
};

/** A review is asked for of what is refused, and decided once, by nobody who signed; whatever the service believes. */
const keepReviewed = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_reviewed() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.outcome is not null or not exists (
          select from public.requests r
            where r.id = new.request_id and r.status = 'refused' and r.version = new.version)
        then
          raise exception 'a review is asked for of what is refused, before it is decided'
            using errcode = '23514', constraint = 'reviews_kept';
        end if;
        return new;
      end if;
      if old.outcome is not null
        or (to_jsonb(new) - array['outcome', 'decision_reasons', 'decided_at', 'decided_by', 'capacity', 'deputy_for'])
           <> (to_jsonb(old) - array['outcome', 'decision_reasons', 'decided_at', 'decided_by', 'capacity', 'deputy_for'])
      then
        raise exception 'a review is decided once' using errcode = '23514', constraint = 'reviews_kept';
      end if;
      if new.outcome in ('upheld', 'remitted') and exists (
        select from public.sign_offs s where s.request_id = new.request_id and s.person_id = new.decided_by)
      then
        raise exception 'nobody reviews what they signed' using errcode = '23514', constraint = 'reviews_by_another';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.keep_reviewed() from public');
  await knex.raw(`
    create trigger reviews_kept before insert or update on public.reviews
      for each row execute function public.keep_reviewed()`);
  await knex.raw('alter table public.reviews enable always trigger reviews_kept');
};

/**
 * What was refused is opened again by a review that remitted it or a direction, and by nothing else; what was
 * remitted is noted with it, and stays so: who may sign afresh follows from it.
 */
const keepRemitted = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_remitted() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.remitted_from is null then return new; end if;
      elsif old.status = 'refused' and new.status = 'submitted' then
        if new.remitted_from is not distinct from old.version and (
          exists (select from public.reviews v where v.request_id = new.id and v.version = old.version
            and v.outcome in ('remitted', 'superseded'))
          or exists (select from public.directions d where d.request_id = new.id and d.version = old.version))
        then
          return new;
        end if;
      elsif (new.remitted_from, new.remitted_at) is not distinct from (old.remitted_from, old.remitted_at) then
        return new;
      end if;
      raise exception 'what was refused is opened again by a review or a direction'
        using errcode = '23514', constraint = 'requests_remitted';
    end $$`);
  await knex.raw('revoke all on function public.keep_remitted() from public');
  await knex.raw(`
    create trigger requests_remitted before insert or update on public.requests
      for each row execute function public.keep_remitted()`);
  await knex.raw('alter table public.requests enable always trigger requests_remitted');
};

/** What was remitted is signed by people who have neither signed nor reviewed it before. */
const afresh = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.sign_afresh() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (
        select from public.sign_offs s join public.requests r on r.id = s.request_id
        where s.request_id = new.request_id and s.person_id = new.person_id and s.version <= r.remitted_from)
      or exists (
        select from public.reviews v join public.requests r on r.id = v.request_id
        where v.request_id = new.request_id and v.decided_by = new.person_id and v.outcome = 'remitted'
          and v.version <= r.remitted_from)
      then
        raise exception 'what was remitted is signed by others'
          using errcode = '23514', constraint = 'sign_offs_afresh';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.sign_afresh() from public');
  await knex.raw(`
    create trigger sign_offs_afresh before insert on public.sign_offs
      for each row execute function public.sign_afresh()`);
  await knex.raw('alter table public.sign_offs enable always trigger sign_offs_afresh');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger sign_offs_afresh on public.sign_offs');
  await knex.raw('drop function public.sign_afresh()');
  await knex.raw('drop trigger requests_remitted on public.requests');
  await knex.raw('drop function public.keep_remitted()');
  for (const table of ['directions', 'named_people', 'reviews'])
    await knex.raw('drop table public.??', [table]);
  await knex.raw('drop function public.keep_reviewed()');
  await knex.raw(
    'alter table public.requests drop column named_ids, drop column remitted_from, drop column remitted_at',
  );
};
