import type { Knex } from 'knex';

/**
 * Who has lost their passkeys is not locked out: what two people remove of a third is the app for codes, every passkey and
 * the binding to the council's own sign-in, together. What was asked stands with the keys of codes, also of somebody who has
 * none; only what is there can be removed.
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
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger code_keys_something on public.code_keys');
  await knex.raw('drop function public.keep_removal_of_something()');
  await knex.raw(`
    alter table public.code_keys drop constraint code_keys_removal_check,
      add constraint code_keys_removal_check check (
        (removal_asked_by is null or sealed is not null)
        and (removal_confirmed_by is null or removal_asked_by is not null))`);
};
