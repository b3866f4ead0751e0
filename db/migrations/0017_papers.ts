import type { Knex } from 'knex';

/**
 * A right holds for the version that it was recorded on, and so does what was released under it: other
 * papers are another question. A right ends the sign-offs that stand. And which stage continues which.
 */
export const up = async (knex: Knex): Promise<void> => {
  await voidedBecause(knex, ['edited', 'answer_changed', 'withdrawn', 'right_recorded']);
  await knex.raw('alter table public.releases add column version int not null default 1');
  await knex.raw('alter table public.releases alter column version drop default');
  await releasedWithAuthority(knex);
  await knex.raw(`
    create index request_versions_by_continues on public.request_versions ((content->>'continues'))
      where content \\? 'continues'`);
  await journeyStages(knex);
};

/**
 * The least that a release with authority rests on: a right to that version, or a grant of it that had neither
 * ended nor was frozen. Times are told by the minute.
 */
const releasedWithAuthority = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.check_release() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.authorised
        and coalesce('none' = (
          select s.right_given from public.statutory_rights s
            where s.request_id = new.request_id and s.version = new.version
              and date_trunc('minute', s.recorded_at) <= new.released_at order by s.seq desc limit 1), true)
        and not exists (
          select from public.grants g where g.request_id = new.request_id and g.version = new.version
            and date_trunc('minute', g.made_at) <= new.released_at
            and (g.ended_at is null or g.ended_at > new.released_at)
            and not exists (
              select from public.grant_freezes f where f.grant_id = g.id and f.frozen_at <= new.released_at
                and (f.released_at is null or f.released_at > new.released_at)))
      then
        raise exception 'no papers are released with authority but under a right or a live grant'
          using errcode = '23514', constraint = 'release_without_authority';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_release() from public');
  await knex.raw(`
    create trigger releases_authorised before insert on public.releases
      for each row execute function public.check_release()`);
  await knex.raw('alter table public.releases enable always trigger releases_authorised');
};

/**
 * Every stage of the child's journey that a request is a stage of, itself among them: the one it began
 * with, and all that continue it. What ends the journey at one of them ends it for each.
 */
const journeyStages = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.journey_stages(request bigint) returns setof bigint
      language sql stable set search_path = pg_catalog, public as $$
      with recursive before as (
        select r.id, r.reference, v.content->>'continues' as continues, 0 as depth
          from requests r join request_versions v on v.request_id = r.id and v.version = r.version
          where r.id = request
        union all
        select r.id, r.reference, v.content->>'continues', b.depth + 1
          from before b
            join requests r on r.reference = b.continues
            join request_versions v on v.request_id = r.id and v.version = r.version
          where b.depth < 50
      ), stage as (
        (select id, reference, 0 as depth from before order by before.depth desc limit 1)
        union all
        select r.id, r.reference, s.depth + 1
          from stage s
            join request_versions v on v.content \\? 'continues' and v.content->>'continues' = s.reference
            join requests r on r.id = v.request_id and r.version = v.version
          where s.depth < 50
      )
      select distinct id from stage
    $$`);
  await knex.raw('revoke all on function public.journey_stages(bigint) from public');
  await knex.raw('grant execute on function public.journey_stages(bigint) to ntk_service');
};

const voidedBecause = async (knex: Knex, reasons: readonly string[]): Promise<void> => {
  await knex.raw('alter table public.sign_offs drop constraint sign_offs_voided_check');
  await knex.raw(`
    alter table public.sign_offs add constraint sign_offs_voided_check
      check (voided_because in (${reasons.map((reason) => `'${reason}'`).join(', ')}))`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop function public.journey_stages(bigint)');
  await knex.raw('drop index public.request_versions_by_continues');
  await knex.raw('drop trigger releases_authorised on public.releases');
  await knex.raw('drop function public.check_release()');
  await knex.raw('alter table public.releases drop column version');
  await voidedBecause(knex, ['edited', 'answer_changed', 'withdrawn']);
};
