import type { Knex } from 'knex';

/** SQL: whether that person could act for one of these offices around the time at which the removal was asked for. */
const holds = (who: string, offices: string): string => `exists (
  select from public.offices_held o join public.people p on p.id = o.person_id
    where o.person_id = ${who} and p.suspended_at is null and o.office in (${offices}) and o.confirmed
      and daterange(o.from_date, o.to_date, '[]')
        && daterange((new.removal_asked_at at time zone 'Europe/London')::date,
          (new.removal_asked_at at time zone 'Europe/London')::date + 1, '[]'))`;

/**
 * The app for codes of somebody who has lost their phone may be removed: an administrator asks for it, with reasons, and
 * another person confirms it later. A key that takes the place of the one in use ends what was asked about that one.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.code_keys
      add column removal_asked_at timestamptz null,
      add column removal_reasons text null,
      add constraint code_keys_asked_check check (
        (removal_asked_by is null) = (removal_asked_at is null)
        and (removal_asked_by is null) = (removal_reasons is null)),
      add constraint code_keys_asked_by_another check (
        removal_asked_by is distinct from person_id or removal_asked_by is null)`);
  await knex.raw(`
    create function public.keep_code_removal() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.removal_asked_by is null then
        return new;
      end if;
      if tg_op = 'INSERT' or new.sealed is distinct from old.sealed then
        raise exception 'a removal is asked for of the key that is in use'
          using errcode = '23514', constraint = 'code_keys_removal_of_this', schema = 'public', table = 'code_keys';
      end if;
      if new.removal_confirmed_by is not null
        and (new.removal_asked_by, new.removal_asked_at) is distinct from (old.removal_asked_by, old.removal_asked_at) then
        raise exception 'a removal is asked for first, and confirmed later'
          using errcode = '23514', constraint = 'code_keys_asked_first', schema = 'public', table = 'code_keys';
      end if;
      if old.removal_asked_by is distinct from new.removal_asked_by
        and not ${holds('new.removal_asked_by', `'administrator'`)} then
        raise exception 'an administrator asks for the removal'
          using errcode = '23514', constraint = 'code_keys_asker', schema = 'public', table = 'code_keys';
      end if;
      if new.removal_confirmed_by is not null
        and not ${holds('new.removal_confirmed_by', `'administrator', 'monitoring_officer'`)} then
        raise exception 'an administrator or the Monitoring Officer confirms the removal'
          using errcode = '23514', constraint = 'code_keys_confirmer', schema = 'public', table = 'code_keys';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger code_keys_removal before insert or update on public.code_keys
      for each row execute function public.keep_code_removal()`);
  await knex.raw(`
    grant update (removal_asked_by, removal_asked_at, removal_reasons, removal_confirmed_by), delete
      on public.code_keys to ntk_service`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    revoke update (removal_asked_by, removal_asked_at, removal_reasons, removal_confirmed_by), delete
      on public.code_keys from ntk_service`);
  await knex.raw('drop trigger code_keys_removal on public.code_keys');
  await knex.raw('drop function public.keep_code_removal()');
  await knex.raw(`
    alter table public.code_keys
      drop constraint code_keys_asked_by_another,
      drop constraint code_keys_asked_check,
      drop column removal_reasons,
      drop column removal_asked_at`);
};
