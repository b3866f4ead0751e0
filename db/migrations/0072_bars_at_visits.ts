import type { Knex } from 'knex';

const before = `'no_standing', 'no_remit_link', 'curiosity', 'roving_commission', 'alternative_sufficient',
  'collateral_purpose', 'connection', 'legal_bar', 'disproportionate', 'agreement_refused', 'no_lawful_basis',
  'prerequisites_missing', 'confidentiality_breach'`;

const coded = async (knex: Knex, grounds: string): Promise<void> => {
  await knex.raw('alter table public.sign_offs drop constraint sign_offs_coded_check');
  await knex.raw(
    `alter table public.sign_offs add constraint sign_offs_coded_check check (grounds <@ array[${grounds}])`,
  );
};

/** As the rule reads an answer at a visit's door: a bar counts as open by its lawful route, or by none. */
const isClean = (routed: string): string => `
  create or replace function public.is_clean(question text, answer jsonb, reason jsonb) returns boolean
    language sql immutable set search_path = pg_catalog as $$
    select case question
      when 'connection' then answer = '"none"'
        or (answer in ('"professional"', '"ward"') and reason is not null)
      when 'agreements' then not exists (
        select from jsonb_each_text(answer) said
          where said.value <> 'agreed' and (said.value <> 'not_applicable' or reason is null))
      when 'legal_bars' then not exists (
        select from jsonb_array_elements(answer) found
          where (found->>'bar' in (${routed}) and btrim(found->>'lawfulRoute') <> '') is not true
            and (found->>'bar' = 'privilege' and reason is not null) is not true)
    end
  $$`;

/**
 * @param answers which checks answer for a visit: all, or those that are no report
 * @param unclean which checks keep people away
 */
const checkAuthorised = (answers: (alias: string) => string, unclean: string): string => `
  create or replace function public.check_authorised() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  declare
    arrived_on date := (new.arrived_at at time zone 'Europe/London')::date;
    planned public.visit_plans := (
      select p from public.visit_plans p
        where p.visit_id = new.visit_id and p.at <= new.arrived_at order by p.seq desc limit 1);
  begin
    if new.authorised and (
      not exists (
        select from public.grants g where g.id = new.grant_id and g.made_at <= new.arrived_at
          and (g.ended_at is null or g.ended_at > new.left_at)
          and arrived_on between g.window_from and g.window_to
          and g.events > (select count(*) from public.attendances a
            where a.grant_id = g.id and a.authorised is not null and a.visit_id <> new.visit_id
              and a.arrived_at <= new.arrived_at))
      or exists (
        select from public.grant_freezes f where f.grant_id = new.grant_id
          and f.frozen_at <= new.left_at and (f.released_at is null or f.released_at > new.arrived_at))
      or not exists (
        select from public.visits v where v.id = new.visit_id and v.grant_id = new.grant_id
          and (v.ended_at is null or v.ended_at > new.left_at))
      or planned.date is distinct from arrived_on
      or planned.chaperone is null
      or exists (
        select from public.grant_conditions c where c.grant_id = new.grant_id and c.before = 'attendance'
          and 'met' is distinct from (
            select s.state from public.grant_condition_states s
              where s.condition_id = c.id and s.at <= new.arrived_at order by s.seq desc limit 1))
      or exists (
        select from unnest(array['connection', 'legal_bars']) asked
          where not exists (
            select from public.visit_checks c where c.visit_id = new.visit_id and c.question = asked
              and ${answers('c')}
              and c.at <= new.arrived_at and c.date = planned.date
              and c.case_key is not distinct from planned.case_key))
      -- Of each question what was said last before the arrival, and whatever was said after it.
      or exists (
        select from public.visit_checks c where c.visit_id = new.visit_id and c.at <= new.left_at
          and c.date = planned.date and c.case_key is not distinct from planned.case_key
          and ${unclean}
          and not exists (
            select from public.visit_checks later where later.visit_id = c.visit_id
              and later.question = c.question and later.seq > c.seq and later.at <= new.arrived_at
              and ${answers('later')}
              and later.date = c.date and later.case_key is not distinct from c.case_key))
    ) then
      raise exception 'nobody attends with authority but under a live grant, at a visit that was checked'
        using errcode = '23514', constraint = 'attendance_without_authority';
    end if;
    return new;
  end $$`;

/**
 * Each bar of law has its lawful route, and a refusal may rest on a rule of the council's own. At a visit Legal answer for
 * the bars: the host and Children's Services report what they see, which asks Legal again. What they answered before this
 * still counts for those visits.
 */
export const up = async (knex: Knex): Promise<void> => {
  await coded(knex, `${before}, 'council_rule'`);
  await knex.raw(`
    alter table public.visit_checks
      add column reported boolean not null default false,
      drop constraint visit_checks_office_check,
      add constraint visit_checks_office_check check (office in ('childrens_services', 'host', 'legal')),
      add constraint visit_checks_reported_check check (
        not reported or (question = 'legal_bars' and office <> 'legal'
          and not jsonb_path_exists(answer, '$[*].lawfulRoute'))),
      add constraint visit_checks_bars_by_legal_check check (
        case question when 'legal_bars' then reported or office = 'legal' else office <> 'legal' end) not valid`);
  await knex.raw(isClean(`'proceedings', 'court_order', 'adoption', 'criminal', 'lado'`));
  await knex.raw(
    checkAuthorised(
      (alias) => `not ${alias}.reported`,
      `case when c.reported then c.answer <> '[]' else public.is_clean(c.question, c.answer, c.reason) is not true end`,
    ),
  );
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(
    checkAuthorised(() => 'true', 'public.is_clean(c.question, c.answer, c.reason) is not true'),
  );
  await knex.raw(isClean(`'proceedings', 'court_order'`));
  await knex.raw(`
    alter table public.visit_checks
      drop constraint visit_checks_bars_by_legal_check,
      drop constraint visit_checks_reported_check,
      drop constraint visit_checks_office_check,
      add constraint visit_checks_office_check check (office in ('childrens_services', 'host')) not valid,
      drop column reported`);
  await coded(knex, before);
};
