import type { Knex } from 'knex';

/**
 * A right holds for the version that it was recorded on, and so does what was released under it: other
 * papers are another question. A right ends the sign-offs that stand. And which stage continues which.
 */
export const up = async (knex: Knex): Promise<void> => {
  await voidedBecause(knex, ['edited', 'answer_changed', 'withdrawn', 'right_recorded']);
  await knex.raw('alter table public.releases add column version int not null default 1');
  await knex.raw('alter table public.releases alter column version drop default');
  await knex.raw(`
    create index request_versions_by_continues on public.request_versions ((content->>'continues'))
      where content \\? 'continues'`);
  await journeyStages(knex);
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
  await knex.raw('alter table public.releases drop column version');
  await voidedBecause(knex, ['edited', 'answer_changed', 'withdrawn']);
};
