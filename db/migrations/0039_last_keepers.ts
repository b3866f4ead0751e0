import type { Knex } from 'knex';

/**
 * The last administrator and the last Monitoring Officer can be neither ended nor suspended: nobody could undo it. What
 * counts is somebody who can sign in, is not suspended, and holds the office from today on for good.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keepers_of(the_office text) returns setof uuid
    language sql stable set search_path = pg_catalog as $$
      select p.id from public.people p join public.offices_held o on o.person_id = p.id
        where o.office = the_office and o.confirmed and o.to_date is null
          and coalesce(o.from_date, '-infinity') <= (now() at time zone 'Europe/London')::date
          and p.suspended_at is null and p.password_hash is not null
    $$`);
  await knex.raw(`
    create function public.last_keeper_stays() returns trigger language plpgsql set search_path = pg_catalog as $$
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
          then (to_jsonb(old)->>'suspended_at') is null and (to_jsonb(old)->>'password_hash') is not null
            and exists (select from public.offices_held o where o.person_id = who and o.office = the_office
              and o.confirmed and o.to_date is null and coalesce(o.from_date, '-infinity') <= (now() at time zone 'Europe/London')::date)
          else (to_jsonb(old)->>'confirmed')::boolean and (to_jsonb(old)->>'to_date') is null
            and exists (select from public.people p where p.id = who
              and p.suspended_at is null and p.password_hash is not null) end);
        -- Of two that leave at once, the second sees that the first has left.
        perform pg_advisory_xact_lock(20320039, hashtext(the_office));
        if not exists (select from public.keepers_of(the_office)) then
          raise exception 'the last who keeps this office stays'
            using errcode = '23514', constraint = 'last_keeper_stays', schema = 'public', table = tg_table_name;
        end if;
      end loop;
      return null;
    end $$`);
  await knex.raw(`
    create trigger last_keeper_stays after update or delete on public.offices_held
      for each row when (old.office in ('administrator', 'monitoring_officer'))
      execute function public.last_keeper_stays();
    create trigger last_keeper_stays after update of suspended_at, password_hash on public.people
      for each row when (new.suspended_at is not null or new.password_hash is null)
      execute function public.last_keeper_stays()`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger last_keeper_stays on public.people');
  await knex.raw('drop trigger last_keeper_stays on public.offices_held');
  await knex.raw('drop function public.last_keeper_stays(), public.keepers_of(text)');
};
