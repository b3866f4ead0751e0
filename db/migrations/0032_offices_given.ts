import type { Knex } from 'knex';

/**
 * Offices from a day to a day, given by one person and confirmed by a second. An office that nobody gave was entered by
 * the service itself: a councillor's with the register, the first two at the machine, the demonstration's. Until it is
 * confirmed an office counts for nothing; the people who use the service meet one of a kind at a time, one head of an
 * office, and an administrator with no other office and no part in a request.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.offices_held
      add column id uuid not null default gen_random_uuid(),
      add column from_date date null,
      add column to_date date null,
      add column given_by uuid null references public.people (id),
      add column given_at timestamptz null,
      add column confirmed_by uuid null references public.people (id),
      add column confirmed_at timestamptz null,
      add column confirmed boolean not null generated always as (given_by is null or confirmed_by is not null) stored,
      add constraint offices_held_span_check check (to_date >= from_date),
      add constraint offices_held_given_check check (
        (given_by is null) = (given_at is null) and (confirmed_by is null) = (confirmed_at is null)
        and (given_by is not null or confirmed_by is null)),
      add constraint offices_held_two_people check (
        given_by <> person_id and confirmed_by <> person_id and confirmed_by <> given_by),
      add constraint offices_held_authority_check check (
        given_by is null or capacity <> 'authorised' or btrim(coalesce(delegation, '')) <> ''),
      drop constraint offices_held_pkey,
      add primary key (id)`);
  await knex.raw('drop index public.offices_held_one_head');
  await knex.raw('create index people_by_name on public.people ((lower(name) collate "C"), id)');
  await knex.raw('create index offices_held_by_person on public.offices_held (person_id, office)');
  await knex.raw('create index offices_held_waiting on public.offices_held (given_at) where not confirmed');
  await guards(knex);
  await reshape(knex, before, after);
};

const guards = async (knex: Knex): Promise<void> => {
  // The days of two holdings, as ranges: an open end stands for always.
  const days = (row: string) => `daterange(${row}.from_date, ${row}.to_date, '[]')`;
  await knex.raw(`
    create function public.offices_apart() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      -- Whoever lifts a suspension gives the offices anew, for a second person to confirm.
      if tg_op = 'UPDATE' and old.confirmed and new.given_by is not null and new.confirmed_by is null
        and new.office <> 'councillor'
        and (to_jsonb(new) - array['given_by', 'given_at', 'confirmed_by', 'confirmed_at', 'confirmed'])
          = (to_jsonb(old) - array['given_by', 'given_at', 'confirmed_by', 'confirmed_at', 'confirmed'])
        and exists (select from public.people p where p.id = new.person_id and p.suspended_at is not null) then
        return new;
      end if;
      if tg_op = 'UPDATE' and (
        (new.id, new.person_id, new.office, new.capacity, new.head)
          is distinct from (old.id, old.person_id, old.office, old.capacity, old.head)
        or new.from_date is distinct from old.from_date
        or (new.given_by, new.given_at) is distinct from (old.given_by, old.given_at)
        or (old.confirmed and (new.confirmed_by, new.confirmed_at) is distinct from (old.confirmed_by, old.confirmed_at))
        or coalesce(new.to_date, 'infinity') > coalesce(old.to_date, 'infinity')
      ) then
        raise exception 'an office that was given is ended, and not changed'
          using errcode = '23514', constraint = 'offices_held_kept', schema = 'public', table = 'offices_held';
      end if;
      if new.confirmed_by is not null and (tg_op = 'INSERT' or old.confirmed_by is null)
        and not exists (select from public.offices_held o join public.people p on p.id = o.person_id
          where o.person_id = new.confirmed_by and p.suspended_at is null
            and o.office in ('administrator', 'monitoring_officer') and o.confirmed
            and daterange(o.from_date, o.to_date, '[]') @> (new.confirmed_at at time zone 'Europe/London')::date) then
        raise exception 'an administrator or the Monitoring Officer confirms an office'
          using errcode = '23514', constraint = 'offices_held_confirmer', schema = 'public', table = 'offices_held';
      end if;
      -- Whoever gives this person an office, or makes somebody head of it, waits here for whoever does so meanwhile.
      perform from public.people p where p.id = new.person_id for no key update;
      perform pg_advisory_xact_lock(20320032, hashtext(new.office));
      if exists (select from public.offices_held o where o.person_id = new.person_id and o.id <> new.id
          and o.office = new.office and ${days('o')} && ${days('new')}) then
        raise exception 'the person holds this office then'
          using errcode = '23514', constraint = 'offices_held_once', schema = 'public', table = 'offices_held';
      end if;
      if new.head and exists (select from public.offices_held o where o.office = new.office and o.head
          and o.id <> new.id and ${days('o')} && ${days('new')}) then
        raise exception 'the office has a head then'
          using errcode = '23514', constraint = 'offices_held_one_head', schema = 'public', table = 'offices_held';
      end if;
      if exists (select from public.offices_held o where o.person_id = new.person_id and o.id <> new.id
            and (o.office = 'administrator') <> (new.office = 'administrator') and ${days('o')} && ${days('new')})
        or (new.office = 'administrator' and public.takes_part(new.person_id)) then
        raise exception 'an administrator holds no other office and takes no part in a request'
          using errcode = '23514', constraint = 'administrator_alone', schema = 'public', table = 'offices_held';
      end if;
      return new;
    end $$`);
  // What an administrator may not have been: councillor, host, line manager, named to act, deputy.
  await knex.raw(`
    create function public.takes_part(who uuid) returns boolean language sql stable set search_path = pg_catalog as $$
      select exists (select from public.people p where p.id = who and p.councillor_id is not null)
        or exists (select from public.requests r where r.host_id = who or r.manager_id = who)
        or exists (select from public.named_people n where n.person_id = who)
        or exists (select from public.deputies d where d.deputy_id = who)
    $$`);
  await knex.raw(
    'create index requests_by_manager on public.requests (manager_id) where manager_id is not null',
  );
  await knex.raw(`
    create function public.administers(who uuid) returns boolean language plpgsql set search_path = pg_catalog as $$
    begin
      -- Whoever gives this person the office waits for this, or this for them.
      perform from public.people p where p.id = who for no key update;
      return exists (select from public.offices_held o where o.person_id = who and o.office = 'administrator'
        and coalesce(o.to_date, 'infinity') >= (now() at time zone 'Europe/London')::date);
    end $$`);
  await knex.raw(`
    create function public.administrators_stay_apart() returns trigger
    language plpgsql set search_path = pg_catalog as $$
    declare
      who uuid;
    begin
      foreach who in array case tg_table_name
          when 'requests' then array[to_jsonb(new)->>'host_id', to_jsonb(new)->>'manager_id']
          when 'named_people' then array[to_jsonb(new)->>'person_id']
          when 'people' then array[case when to_jsonb(new)->>'councillor_id' is not null then to_jsonb(new)->>'id' end]
          else array[to_jsonb(new)->>'deputy_id'] end::uuid[] loop
        if who is not null and public.administers(who) then
          raise exception 'an administrator takes no part in a request'
            using errcode = '23514', constraint = 'administrator_alone', schema = 'public', table = tg_table_name;
        end if;
      end loop;
      return new;
    end $$`);
  // An office that waits for a second person signs nothing.
  await knex.raw(`
    create function public.signs_for_an_office_that_counts() returns trigger
    language plpgsql set search_path = pg_catalog as $$
    begin
      if exists (select from public.offices_held o
            where o.person_id = new.person_id and o.office = new.office and not o.confirmed)
        and not exists (select from public.offices_held o
            where o.person_id = new.person_id and o.office = new.office and o.confirmed)
        and not exists (select from public.deputies d where d.deputy_id = new.person_id and d.office = new.office)
        and not exists (select from public.named_people n
            where n.person_id = new.person_id and n.request_id = new.request_id) then
        raise exception 'an office that nobody confirmed signs nothing'
          using errcode = '23514', constraint = 'sign_offs_confirmed', schema = 'public', table = 'sign_offs';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger sign_offs_confirmed before insert on public.sign_offs
      for each row execute function public.signs_for_an_office_that_counts();
    create trigger offices_apart before insert or update on public.offices_held
      for each row execute function public.offices_apart();
    create trigger host_is_no_administrator before insert or update of host_id, manager_id on public.requests
      for each row when (new.host_id is not null or new.manager_id is not null)
      execute function public.administrators_stay_apart();
    create trigger named_is_no_administrator before insert or update on public.named_people
      for each row execute function public.administrators_stay_apart();
    create trigger deputy_is_no_administrator before insert or update on public.deputies
      for each row execute function public.administrators_stay_apart();
    create trigger councillor_is_no_administrator before update of councillor_id on public.people
      for each row when (new.councillor_id is not null)
      execute function public.administrators_stay_apart()`);
};

/**
 * Who may propose and confirm a disposal, and whose account goes on after that of the councillor: who holds an office that
 * counts on that day, and no longer whoever has one on record.
 */
const before = ['h.person_id = dispose.who', 'h.person_id = p.id)'] as const;
const counts = `h.confirmed
  and coalesce(h.from_date, '-infinity') <= (dispose.at at time zone 'Europe/London')::date
  and coalesce(h.to_date, 'infinity') >= (dispose.at at time zone 'Europe/London')::date`;
const after = [`h.person_id = dispose.who and ${counts}`, `h.person_id = p.id and ${counts})`] as const;

/** Writes the function that disposes again with these parts of it in other words. */
const reshape = async (knex: Knex, from: readonly string[], to: readonly string[]): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { source: string }[] }>(
    `select pg_get_functiondef(p.oid) as source from pg_proc p
       where p.proname = 'dispose' and p.pronamespace = 'public'::regnamespace`,
  );
  for (const { source } of rows) {
    if (!from.every((part) => source.includes(part)))
      throw new Error('The function that disposes is not the one that this changes.');
    const changed = from.reduce((text, part, place) => text.replaceAll(part, to[place] ?? part), source);
    // The text has question marks of its own, which are no bindings.
    await knex.raw(changed.replaceAll('?', '\\?'));
  }
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, after, before);
  for (const [table, trigger] of [
    ['sign_offs', 'sign_offs_confirmed'],
    ['offices_held', 'offices_apart'],
    ['requests', 'host_is_no_administrator'],
    ['named_people', 'named_is_no_administrator'],
    ['deputies', 'deputy_is_no_administrator'],
    ['people', 'councillor_is_no_administrator'],
  ]) {
    await knex.raw('drop trigger ?? on public.??', [trigger ?? '', table ?? '']);
  }
  await knex.raw(`drop function public.administrators_stay_apart(), public.offices_apart(), public.takes_part(uuid),
    public.administers(uuid), public.signs_for_an_office_that_counts()`);
  await knex.raw('drop index public.requests_by_manager');
  await knex.raw('drop index public.people_by_name');
  await knex.raw('drop index public.offices_held_waiting');
  await knex.raw('drop index public.offices_held_by_person');
  await knex.raw(`
    alter table public.offices_held
      drop constraint offices_held_pkey,
      drop column confirmed,
      drop column id, drop column from_date, drop column to_date, drop column given_by, drop column given_at,
      drop column confirmed_by, drop column confirmed_at,
      add primary key (person_id, office)`);
  await knex.raw('create unique index offices_held_one_head on public.offices_held (office) where head');
};
