import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * How somebody proves that the account is theirs, beside their password: a key that an app on their phone makes codes from,
 * sealed so that the table alone gives no code; and recovery codes, as hashes. A code works once. A key in use goes only
 * once a second person has confirmed it. A session keeps when its owner last proved themselves, and how.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.code_keys (
      person_id uuid primary key references public.people (id) on delete cascade,
      sealed bytea null,
      since timestamptz null,
      -- The period of thirty seconds whose code was used last.
      last_step bigint null,
      -- A key that is being set up, and not in use yet.
      new_sealed bytea null,
      new_since timestamptz null,
      removal_asked_by uuid null references public.people (id),
      removal_confirmed_by uuid null references public.people (id),
      constraint code_keys_use_check check ((sealed is null) = (since is null) and (sealed is not null or last_step is null)),
      constraint code_keys_new_check check ((new_sealed is null) = (new_since is null)),
      constraint code_keys_removal_check check (
        (removal_asked_by is null or sealed is not null)
        and (removal_confirmed_by is null or removal_asked_by is not null)),
      constraint code_keys_two_people check (
        removal_confirmed_by is distinct from removal_asked_by or removal_confirmed_by is null),
      constraint code_keys_not_oneself check (removal_confirmed_by is distinct from person_id or removal_confirmed_by is null)
    )`);
  await knex.raw(`
    create table public.recovery_codes (
      person_id uuid not null references public.code_keys (person_id) on delete cascade,
      code_hash bytea not null constraint recovery_codes_hash_check check (octet_length(code_hash) = 32),
      made_at timestamptz not null,
      used_at timestamptz null,
      primary key (person_id, code_hash)
    )`);
  await knex.raw(`
    create function public.keep_code_key() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.sealed is not distinct from old.sealed and old.last_step is not null
        and (new.last_step is null or new.last_step < old.last_step) then
        raise exception 'a code works once' using errcode = '23514', constraint = 'code_keys_once',
          schema = 'public', table = 'code_keys';
      end if;
      if old.sealed is not null and new.sealed is null then
        raise exception 'a key in use is not taken away' using errcode = '23514', constraint = 'code_keys_kept',
          schema = 'public', table = 'code_keys';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger code_keys_once before update on public.code_keys
      for each row execute function public.keep_code_key()`);
  // Where the person goes, so does the key; otherwise a second person has confirmed it.
  await knex.raw(`
    create function public.keep_code_key_in_use() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.sealed is not null and old.removal_confirmed_by is null
        and exists (select from public.people p where p.id = old.person_id) then
        raise exception 'a key in use is not taken away' using errcode = '23514', constraint = 'code_keys_kept',
          schema = 'public', table = 'code_keys';
      end if;
      return old;
    end $$`);
  await knex.raw(`
    create trigger code_keys_kept before delete on public.code_keys
      for each row execute function public.keep_code_key_in_use()`);
  await knex.raw(`
    create function public.keep_recovery_code() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.used_at is not null
        or (new.person_id, new.code_hash, new.made_at) is distinct from (old.person_id, old.code_hash, old.made_at) then
        raise exception 'a recovery code works once' using errcode = '23514', constraint = 'recovery_codes_once',
          schema = 'public', table = 'recovery_codes';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger recovery_codes_once before update on public.recovery_codes
      for each row execute function public.keep_recovery_code()`);
  await govern(knex, 'code_keys');
  await govern(knex, 'recovery_codes');
  await knex.raw(`
    alter table runtime.sessions
      add column proved_by text null,
      add column proved_at timestamptz null,
      add constraint sessions_proof_check check ((proved_by is null) = (proved_at is null))`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table runtime.sessions drop column proved_by, drop column proved_at');
  await knex.raw('drop table public.recovery_codes');
  await knex.raw('drop table public.code_keys');
  await knex.raw(
    'drop function public.keep_code_key(), public.keep_code_key_in_use(), public.keep_recovery_code()',
  );
};
