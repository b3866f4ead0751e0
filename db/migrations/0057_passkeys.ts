import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Passkeys: the public half of a key that never leaves its owner’s device, and how often it was used. A counter that goes
 * back is refused, and its owner removes a passkey, or two others do. A challenge is answered once: the table has the hashes of
 * those that were, until they have run out anyway.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.passkeys (
      id uuid primary key,
      person_id uuid not null references public.people (id) on delete cascade,
      credential_id bytea not null constraint passkeys_credential_unique unique
        constraint passkeys_credential_check check (octet_length(credential_id) between 16 and 1023),
      public_key bytea not null
        constraint passkeys_key_check check (octet_length(public_key) between 32 and 2048),
      counter bigint not null constraint passkeys_counter_check check (counter between 0 and 4294967295),
      transports text[] not null,
      backed_up boolean not null,
      name text not null constraint passkeys_name_check check (char_length(name) between 1 and 100),
      made_at timestamptz not null,
      last_used_at timestamptz null,
      removed_by uuid null references public.people (id)
    )`);
  await knex.raw('create index passkeys_by_person on public.passkeys (person_id)');
  await knex.raw(`
    create function public.keep_passkey() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (new.id, new.person_id, new.credential_id, new.public_key, new.transports, new.name, new.made_at)
          is distinct from
          (old.id, old.person_id, old.credential_id, old.public_key, old.transports, old.name, old.made_at) then
        raise exception 'a passkey stays as it was added' using errcode = '23514',
          constraint = 'passkeys_kept', schema = 'public', table = 'passkeys';
      end if;
      if new.last_used_at is distinct from old.last_used_at
        and not (new.counter > old.counter or (new.counter = 0 and old.counter = 0)) then
        raise exception 'the counter of a passkey goes on' using errcode = '23514',
          constraint = 'passkeys_counter', schema = 'public', table = 'passkeys';
      end if;
      if new.counter < old.counter then
        raise exception 'the counter of a passkey goes on' using errcode = '23514',
          constraint = 'passkeys_counter', schema = 'public', table = 'passkeys';
      end if;
      if new.removed_by is not null and new.removed_by <> new.person_id and not exists (select from public.code_keys k
          where k.person_id = new.person_id and k.removal_confirmed_by = new.removed_by) then
        raise exception 'its owner removes a passkey, or two others' using errcode = '23514',
          constraint = 'passkeys_remover', schema = 'public', table = 'passkeys';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger passkeys_kept before update on public.passkeys
      for each row execute function public.keep_passkey()`);
  await knex.raw(`
    create function public.keep_passkey_new() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.removed_by is not null or new.last_used_at is not null then
        raise exception 'a passkey is added before it is used or removed' using errcode = '23514',
          constraint = 'passkeys_kept', schema = 'public', table = 'passkeys';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger passkeys_new before insert on public.passkeys
      for each row execute function public.keep_passkey_new()`);
  // Where the person goes, so do their passkeys; otherwise somebody is named who removes them.
  await knex.raw(`
    create function public.keep_passkey_in_use() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.removed_by is null and exists (select from public.people p where p.id = old.person_id) then
        raise exception 'a passkey is not taken away' using errcode = '23514',
          constraint = 'passkeys_kept', schema = 'public', table = 'passkeys';
      end if;
      return old;
    end $$`);
  await knex.raw(`
    create trigger passkeys_in_use before delete on public.passkeys
      for each row execute function public.keep_passkey_in_use()`);
  await govern(knex, 'passkeys', ['select', 'insert', 'delete']);
  await knex.raw(
    'grant update (counter, backed_up, last_used_at, removed_by) on public.passkeys to ntk_service',
  );
  await knex.raw(`
    create table runtime.passkey_challenges (
      hash bytea primary key constraint passkey_challenges_hash_check check (octet_length(hash) = 32),
      ends_at timestamptz not null
    )`);
  await knex.raw('create index passkey_challenges_by_end on runtime.passkey_challenges (ends_at)');
  await knex.raw('grant select, insert, delete on runtime.passkey_challenges to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table runtime.passkey_challenges');
  await knex.raw('drop table public.passkeys');
  await knex.raw(
    'drop function public.keep_passkey(), public.keep_passkey_new(), public.keep_passkey_in_use()',
  );
};
