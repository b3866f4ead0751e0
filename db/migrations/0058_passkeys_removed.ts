import type { Knex } from 'knex';

/**
 * Who has lost their passkeys is not locked out: what two people remove of a third is the app for codes, every passkey and
 * the binding to the council's own sign-in, together. What was asked stands with the keys of codes, also of somebody who has none; only what is there can be removed.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.code_keys drop constraint code_keys_removal_check,
      add constraint code_keys_removal_check check (removal_confirmed_by is null or removal_asked_by is not null)`);
  await knex.raw(`
    create function public.keep_removal_of_something() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.removal_asked_by is distinct from old.removal_asked_by and new.removal_asked_by is not null
        and new.sealed is null and not exists (select from public.passkeys w where w.person_id = new.person_id)
        and not exists (select from public.provider_bindings b where b.person_id = new.person_id) then
        raise exception 'a removal is asked for of what is there'
          using errcode = '23514', constraint = 'code_keys_removal_check', schema = 'public', table = 'code_keys';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger code_keys_something before update on public.code_keys
      for each row execute function public.keep_removal_of_something()`);
  await knex.raw(
    keepPasskey(`and not exists (select from public.code_keys k
        where k.person_id = new.person_id and k.removal_confirmed_by = new.removed_by)`),
  );
};

/** The function of 0057; what it says of who removes is another. */
const keepPasskey = (unless: string): string => `
  create or replace function public.keep_passkey() returns trigger language plpgsql set search_path = pg_catalog as $$
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
    if new.removed_by is not null and new.removed_by <> new.person_id ${unless} then
      raise exception 'its owner removes a passkey, or two others' using errcode = '23514',
        constraint = 'passkeys_remover', schema = 'public', table = 'passkeys';
    end if;
    return new;
  end $$`;

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(keepPasskey(''));
  await knex.raw('drop trigger code_keys_something on public.code_keys');
  await knex.raw('drop function public.keep_removal_of_something()');
  await knex.raw(`
    alter table public.code_keys drop constraint code_keys_removal_check,
      add constraint code_keys_removal_check check (
        (removal_asked_by is null or sealed is not null)
        and (removal_confirmed_by is null or removal_asked_by is not null))`);
};
