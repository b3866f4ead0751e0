import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Private addresses at which a calendar program reads when its owner's visits are. What an address holds is worked out
 * from its id with a key of the service; the table has the hash alone, so that who reads it can open none.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.calendar_addresses (
      id uuid primary key,
      person_id uuid not null constraint calendar_addresses_one_each unique references public.people (id) on delete cascade,
      token_hash bytea not null constraint calendar_addresses_hash_unique unique
        constraint calendar_addresses_hash_check check (octet_length(token_hash) = 32),
      made_at timestamptz not null,
      last_read_on date null
    )`);
  // An address is never another person's, and does not get back a hash that was withdrawn.
  await knex.raw(`
    create function public.keep_calendar_address() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (new.id, new.person_id, new.token_hash, new.made_at)
          is distinct from (old.id, old.person_id, old.token_hash, old.made_at) then
        raise exception 'an address stays as it was made' using errcode = '23514',
          constraint = 'calendar_addresses_kept', schema = 'public', table = 'calendar_addresses';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger calendar_addresses_kept before update on public.calendar_addresses
      for each row execute function public.keep_calendar_address()`);
  // Who is suspended, or signed out everywhere, may have had somebody in their session: what that somebody took away goes too.
  await knex.raw(`
    create function public.void_calendar_address() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      delete from public.calendar_addresses where person_id = new.id;
      return null;
    end $$`);
  await knex.raw(`
    create trigger calendar_addresses_of_ended_sessions after update of sessions_from, suspended_at on public.people
      for each row when (new.sessions_from is distinct from old.sessions_from
        or (new.suspended_at is not null and old.suspended_at is null))
      execute function public.void_calendar_address()`);
  await govern(knex, 'calendar_addresses', ['select', 'insert', 'delete']);
  await knex.raw('grant update (last_read_on) on public.calendar_addresses to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger calendar_addresses_of_ended_sessions on public.people');
  await knex.raw('drop table public.calendar_addresses');
  await knex.raw('drop function public.keep_calendar_address(), public.void_calendar_address()');
};
