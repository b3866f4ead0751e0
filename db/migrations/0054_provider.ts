import type { Knex } from 'knex';
import { govern } from './govern.js';

const isBound = (person: string): string =>
  `exists (select from public.provider_bindings b where b.person_id = ${person})`;
/** SQL: whether the person `p` has a way in. */
const hasWayIn = `(p.password_hash is not null or ${isBound('p.id')})`;

const keepersOf = (entering: string): string => `
  create or replace function public.keepers_of(the_office text) returns setof uuid
  language sql stable set search_path = pg_catalog as $$
    select p.id from public.people p join public.offices_held o on o.person_id = p.id
      where o.office = the_office and o.confirmed and o.to_date is null
        and coalesce(o.from_date, '-infinity') <= (now() at time zone 'Europe/London')::date
        and p.suspended_at is null and ${entering}
  $$`;

/** The function of 0039, for whoever had a way in: `had` is of the row `old` of people, `has` of a person `p`. */
const lastKeeperStays = (had: string, has: string): string => `
  create or replace function public.last_keeper_stays() returns trigger language plpgsql set search_path = pg_catalog as $$
  declare
    the_office text;
    who uuid := case when tg_table_name = 'people' then (to_jsonb(old)->>'id')::uuid
      else (to_jsonb(old)->>'person_id')::uuid end;
  begin
    foreach the_office in array case when tg_table_name = 'people'
        then array['administrator', 'monitoring_officer'] else array[to_jsonb(old)->>'office'] end loop
      continue when the_office not in ('administrator', 'monitoring_officer');
      -- Only where this change takes the office from somebody who kept it until now.
      continue when who in (select public.keepers_of(the_office));
      continue when not (case when tg_table_name = 'people'
        then (to_jsonb(old)->>'suspended_at') is null and ${had}
          and exists (select from public.offices_held o where o.person_id = who and o.office = the_office
            and o.confirmed and o.to_date is null and coalesce(o.from_date, '-infinity') <= (now() at time zone 'Europe/London')::date)
        else (to_jsonb(old)->>'confirmed')::boolean and (to_jsonb(old)->>'to_date') is null
          and exists (select from public.people p where p.id = who and p.suspended_at is null and ${has}) end);
      -- Of two that leave at once, the second sees that the first has left.
      perform pg_advisory_xact_lock(20320039, hashtext(the_office));
      if not exists (select from public.keepers_of(the_office)) then
        raise exception 'the last who keeps this office stays'
          using errcode = '23514', constraint = 'last_keeper_stays', schema = 'public', table = tg_table_name;
      end if;
    end loop;
    return null;
  end $$`;

/**
 * The council's own sign-in: an account is bound to one person there, by issuer and subject, and nobody there has two
 * accounts here. One account for emergencies signs in with a password all the same, and is bound to nobody.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.provider_bindings (
      person_id uuid primary key references public.people (id) on delete cascade,
      issuer text not null constraint provider_bindings_issuer_check check (issuer like 'https://%' or issuer like 'http://%'),
      subject text not null constraint provider_bindings_subject_check check (length(subject) between 1 and 255),
      bound_by text not null constraint provider_bindings_by_check check (bound_by in ('invitation', 'email')),
      bound_at timestamptz not null,
      constraint provider_bindings_one_account unique (issuer, subject)
    )`);
  await govern(knex, 'provider_bindings', ['select', 'insert', 'delete']);
  // Where the person goes, so does the binding; otherwise two others take it away, with all else that proves who they are.
  await knex.raw(`
    create function public.keep_binding() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if exists (select from public.people p where p.id = old.person_id)
        and not exists (select from public.code_keys k
          where k.person_id = old.person_id and k.removal_confirmed_by is not null) then
        raise exception 'two others take a binding away' using errcode = '23514',
          constraint = 'provider_bindings_kept', schema = 'public', table = 'provider_bindings';
      end if;
      return old;
    end $$`);
  await knex.raw(`
    create trigger provider_bindings_kept before delete on public.provider_bindings
      for each row execute function public.keep_binding()`);
  await knex.raw('alter table public.people add column break_glass boolean not null default false');
  await knex.raw(
    'create unique index people_one_break_glass on public.people (break_glass) where break_glass',
  );
  await knex.raw('grant update (break_glass) on public.people to ntk_service');
  // The account for emergencies works where the provider does not: nothing there opens it.
  await knex.raw(`
    create function public.keep_break_glass() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if exists (select from public.people p join public.provider_bindings b on b.person_id = p.id
          where p.break_glass and p.id = case when tg_table_name = 'people' then (to_jsonb(new)->>'id')::uuid
            else (to_jsonb(new)->>'person_id')::uuid end) then
        raise exception 'the account for emergencies is bound to nobody' using errcode = '23514',
          constraint = 'break_glass_unbound', schema = 'public', table = tg_table_name;
      end if;
      return null;
    end $$`);
  await knex.raw(`
    create constraint trigger break_glass_unbound after insert on public.provider_bindings
      for each row execute function public.keep_break_glass();
    create constraint trigger break_glass_unbound after insert or update of break_glass on public.people
      for each row when (new.break_glass) execute function public.keep_break_glass()`);
  await knex.raw(keepersOf(hasWayIn));
  await knex.raw(
    lastKeeperStays(`((to_jsonb(old)->>'password_hash') is not null or ${isBound('who')})`, hasWayIn),
  );
  // What of the provider's answers works once, by its digest.
  await knex.raw(`
    create table runtime.provider_used (
      digest bytea primary key constraint provider_used_digest_check check (octet_length(digest) = 32),
      until timestamptz not null
    )`);
  await knex.raw('grant select, insert, delete on runtime.provider_used to ntk_service');
  // The provider's word as it was given, sealed.
  await knex.raw('alter table runtime.sessions add column provider_word bytea null');
  await knex.raw(`
    create index sessions_there on runtime.sessions ((sess #>> '{passport,user,there}'))
      where sess #>> '{passport,user,there}' is not null`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index runtime.sessions_there');
  await knex.raw('alter table runtime.sessions drop column provider_word');
  await knex.raw('drop table runtime.provider_used');
  const byPassword = 'p.password_hash is not null';
  await knex.raw(keepersOf(byPassword));
  await knex.raw(lastKeeperStays(`(to_jsonb(old)->>'password_hash') is not null`, byPassword));
  await knex.raw('drop trigger break_glass_unbound on public.people');
  await knex.raw('drop table public.provider_bindings');
  await knex.raw('drop function public.keep_break_glass(), public.keep_binding()');
  await knex.raw('alter table public.people drop column break_glass');
};
