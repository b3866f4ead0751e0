import type { Knex } from 'knex';
import { govern } from './govern.js';

/** SQL: whether that person could act for one of these offices around the time at which the change was asked for. */
const holds = (who: string, offices: string): string => `exists (
  select from public.offices_held o join public.people p on p.id = o.person_id
    where o.person_id = ${who} and p.suspended_at is null and o.office in (${offices}) and o.confirmed
      and daterange(o.from_date, o.to_date, '[]')
        && daterange((new.asked_at at time zone 'Europe/London')::date,
          (new.asked_at at time zone 'Europe/London')::date + 1, '[]'))`;

const refused = (says: string, constraint: string, table: string): string =>
  `raise exception '${says}' using errcode = '23514', constraint = '${constraint}', schema = 'public', table = '${table}'`;

/**
 * The address of an account in use: links to its password go there. An administrator asks to change it, with reasons, and
 * another person confirms that later; only then does the address change, to the one that was asked for. The address that
 * was left is kept, so that it is told.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.address_changes (
      person_id uuid primary key references public.people (id) on delete cascade,
      was text null,
      email text null,
      asked_by uuid null references public.people (id),
      asked_at timestamptz null,
      reasons text null constraint address_changes_reasons_check check (btrim(reasons) <> ''),
      confirmed_by uuid null references public.people (id),
      left_email text null,
      constraint address_changes_asked_check check (
        (asked_by is null) = (asked_at is null) and (asked_by is null) = (reasons is null)
        and (asked_by is null) = (was is null) and (asked_by is null) = (email is null)
        and (asked_by is not null or confirmed_by is null)),
      constraint address_changes_two_people check (
        asked_by <> person_id and confirmed_by <> person_id and confirmed_by <> asked_by)
    )`);
  await knex.raw(`
    create function public.keep_address_change() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if tg_op = 'UPDATE' and new.person_id <> old.person_id then
        ${refused('a change stays with its person', 'address_changes_person', 'address_changes')};
      end if;
      if tg_op = 'INSERT' and new.left_email is not null
        or tg_op = 'UPDATE' and new.left_email is distinct from old.left_email
          and (old.confirmed_by is not null or new.confirmed_by is null or new.left_email is distinct from new.was) then
        ${refused('the address that is left is the one from before', 'address_changes_left', 'address_changes')};
      end if;
      if new.asked_by is null then
        return new;
      end if;
      if new.confirmed_by is not null and (tg_op = 'INSERT'
        or (new.was, new.email, new.asked_by, new.asked_at, new.reasons)
          is distinct from (old.was, old.email, old.asked_by, old.asked_at, old.reasons)) then
        ${refused('a change is asked for first, and confirmed later', 'address_changes_asked_first', 'address_changes')};
      end if;
      if tg_op = 'INSERT' or (new.was, new.email, new.asked_by, new.asked_at, new.reasons)
          is distinct from (old.was, old.email, old.asked_by, old.asked_at, old.reasons) then
        if not ${holds('new.asked_by', `'administrator'`)} then
          ${refused('an administrator asks for the change', 'address_changes_asker', 'address_changes')};
        end if;
        if not exists (select from public.people p where p.id = new.person_id and p.email = new.was) then
          ${refused('a change is asked for of the address of today', 'address_changes_of_today', 'address_changes')};
        end if;
      end if;
      if new.confirmed_by is not null and not ${holds('new.confirmed_by', `'administrator', 'monitoring_officer'`)} then
        ${refused('an administrator or the Monitoring Officer confirms the change', 'address_changes_confirmer', 'address_changes')};
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger address_changes_kept before insert or update on public.address_changes
      for each row execute function public.keep_address_change()`);
  // In use: it has a password or an office beside the councillor's, or its owner hosts, was named to act or stands in.
  await knex.raw(`
    create function public.keep_address() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (old.password_hash is not null
          or exists (select from public.offices_held o where o.person_id = old.id and o.office <> 'councillor')
          or exists (select from public.requests r where r.host_id = old.id or r.manager_id = old.id)
          or exists (select from public.named_people n where n.person_id = old.id)
          or exists (select from public.deputies d where d.deputy_id = old.id))
        and not exists (select from public.address_changes c where c.person_id = old.id and c.was = old.email
          and c.email = new.email and c.confirmed_by is not null) then
        ${refused('two people change the address of an account in use', 'people_address_two_people', 'people')};
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger people_address_kept before update on public.people
      for each row when (new.email is distinct from old.email) execute function public.keep_address()`);
  await govern(knex, 'address_changes', ['select', 'insert']);
  await knex.raw(`
    grant update (was, email, asked_by, asked_at, reasons, confirmed_by, left_email)
      on public.address_changes to ntk_service`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger people_address_kept on public.people');
  await knex.raw('drop table public.address_changes');
  await knex.raw('drop function public.keep_address(), public.keep_address_change()');
};
