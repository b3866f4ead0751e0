import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Tokens with which a program calls the service in the place of a person. The table has the hash of the secret alone, so
 * that who reads it can open nothing. A token rests on the office with which it was made, and ends with it: an office that
 * is given anew does not bring it back. When it was used last is no record, and stands in the schema `runtime`.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.tokens (
      id uuid primary key,
      seq bigint not null generated always as identity constraint tokens_seq_unique unique,
      person_id uuid not null references public.people (id) on delete cascade,
      holding_id uuid not null references public.offices_held (id) on delete cascade,
      name text not null constraint tokens_name_check check (btrim(name) <> '' and length(name) <= 100),
      scope text not null constraint tokens_scope_check check (scope in ('register.import', 'trail', 'bundle')),
      token_hash bytea not null constraint tokens_hash_unique unique
        constraint tokens_hash_check check (octet_length(token_hash) = 32),
      made_at timestamptz not null,
      ends_at timestamptz not null,
      ended_at timestamptz null,
      ended_by uuid null references public.people (id),
      ended_because text null constraint tokens_ended_because_check check (ended_because in ('revoked', 'suspended')),
      constraint tokens_span_check check (ends_at > made_at and ends_at <= made_at + interval '366 days'),
      constraint tokens_ended_check check (
        (ended_at is null) = (ended_because is null) and (ended_by is null or ended_because = 'revoked'))
    )`);
  await knex.raw('create index tokens_by_person on public.tokens (person_id, seq)');
  await knex.raw('create index tokens_by_holding on public.tokens (holding_id)');
  await knex.raw(`
    create function public.tokens_rest_on_an_office() returns trigger
    language plpgsql set search_path = pg_catalog as $$
    begin
      if not exists (select from public.offices_held o join public.people p on p.id = o.person_id
        where o.id = new.holding_id and o.person_id = new.person_id and o.confirmed and p.suspended_at is null
          and o.office = case new.scope when 'register.import' then 'democratic_services' else 'auditor' end
          and daterange(o.from_date, o.to_date, '[]') @> (new.made_at at time zone 'Europe/London')::date) then
        raise exception 'a token rests on an office that its owner holds'
          using errcode = '23514', constraint = 'tokens_office', schema = 'public', table = 'tokens';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger tokens_office before insert on public.tokens
      for each row execute function public.tokens_rest_on_an_office()`);
  await knex.raw(`
    create function public.keep_token() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.ended_at is not null
        or (to_jsonb(new) - array['ended_at', 'ended_by', 'ended_because'])
          <> (to_jsonb(old) - array['ended_at', 'ended_by', 'ended_because']) then
        raise exception 'a token that was made is ended once, and not changed'
          using errcode = '23514', constraint = 'tokens_kept', schema = 'public', table = 'tokens';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger tokens_kept before update on public.tokens for each row execute function public.keep_token()`);
  // For good: a suspension that is lifted brings no token back.
  await knex.raw(`
    create function public.end_tokens_of_suspended() returns trigger
    language plpgsql set search_path = pg_catalog as $$
    begin
      update public.tokens set ended_at = new.suspended_at, ended_because = 'suspended'
        where person_id = new.id and ended_at is null;
      return null;
    end $$`);
  await knex.raw(`
    create trigger tokens_of_suspended after update of suspended_at on public.people
      for each row when (new.suspended_at is not null and old.suspended_at is null)
      execute function public.end_tokens_of_suspended()`);
  await govern(knex, 'tokens', ['select', 'insert']);
  await knex.raw('grant update (ended_at, ended_by, ended_because) on public.tokens to ntk_service');
  await knex.raw(`
    create table runtime.token_uses (
      token_id uuid primary key references public.tokens (id) on delete cascade,
      used_at timestamptz not null
    )`);
  await knex.raw('grant select, insert, update (used_at) on runtime.token_uses to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger tokens_of_suspended on public.people');
  await knex.raw('drop table runtime.token_uses');
  await knex.raw('drop table public.tokens');
  await knex.raw(
    'drop function public.tokens_rest_on_an_office(), public.keep_token(), public.end_tokens_of_suspended()',
  );
};
