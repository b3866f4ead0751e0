import type { Knex } from 'knex';
import { govern } from './govern.js';

/** SQL: whether the person `p` has a way in. */
const hasWayIn = `(p.password_hash is not null
  or exists (select from public.provider_bindings b where b.person_id = p.id))`;

const keepersOf = (entering: string): string => `
  create or replace function public.keepers_of(the_office text) returns setof uuid
  language sql stable set search_path = pg_catalog as $$
    select p.id from public.people p join public.offices_held o on o.person_id = p.id
      where o.office = the_office and o.confirmed and o.to_date is null
        and coalesce(o.from_date, '-infinity') <= (now() at time zone 'Europe/London')::date
        and p.suspended_at is null and ${entering}
  $$`;

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
  await govern(knex, 'provider_bindings', ['select', 'insert']);
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
  await knex.raw(keepersOf('p.password_hash is not null'));
  await knex.raw('drop trigger break_glass_unbound on public.people');
  await knex.raw('drop table public.provider_bindings');
  await knex.raw('drop function public.keep_break_glass()');
  await knex.raw('alter table public.people drop column break_glass');
};
