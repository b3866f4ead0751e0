import type { Knex } from 'knex';

/**
 * A further stage of a child's journey is granted once somebody has watched the stage before, or that stage has ended. What
 * a court, the council or a committee orders is carried out all the same.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.watch_stages() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (
        select from public.request_versions v
          join public.requests p on p.reference = v.content->>'continues'
          join public.grants b on b.request_id = p.id
        where v.request_id = new.request_id and v.version = new.version
          and b.ended_at is null and b.window_to >= (new.made_at at time zone 'Europe/London')::date
          and not exists (select from public.attendances a where a.grant_id = b.id and a.authorised is not null)
          and not exists (select from public.visits i where i.grant_id = b.id and i.journey_ended_at is not null)
          and not exists (
            select from public.directions d
            where d.request_id = new.request_id and d.version + 1 = new.version and d.effect = 'order'))
      then
        raise exception 'a further stage waits until the one before is watched or has ended'
          using errcode = '23514', constraint = 'grants_journey_early', schema = 'public', table = 'grants';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.watch_stages() from public');
  await knex.raw(`
    create trigger grants_journey_early before insert on public.grants
      for each row execute function public.watch_stages()`);
  await knex.raw('alter table public.grants enable always trigger grants_journey_early');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger grants_journey_early on public.grants');
  await knex.raw('drop function public.watch_stages()');
};
