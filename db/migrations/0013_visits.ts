import type { Knex } from 'knex';
import { govern } from './govern.js';

const office = `(office in ('childrens_services', 'host'))`;

/** One key for one case, however its reference is spelt. */
const keyOfCase = `upper(regexp_replace(normalize(case_reference, nfkc), '[^[:alnum:]]', '', 'g'))`;

/**
 * Visits: the row that moves, the plans and checks that are kept as they were, what happened, what the
 * councillor says to it, and the questions that come of it.
 */
export const up = async (knex: Knex): Promise<void> => {
  await visits(knex);
  await plansAndChecks(knex);
  await attendances(knex);
  await questions(knex);
};

const visits = async (knex: Knex): Promise<void> => {
  // One conference has one observer: a visit counts for its case and day unless it ended, or nobody attended.
  await knex.raw(`
    create table public.visits (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      grant_id uuid not null references public.grants (id),
      one_observer boolean not null,
      date date not null,
      from_time text not null constraint visits_from_check check (from_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      to_time text not null constraint visits_to_check check (to_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
      case_reference text null constraint visits_case_check check (case_reference ~ '[[:alnum:]]'),
      case_key text null generated always as (${keyOfCase}) stored,
      chaperone text null constraint visits_chaperone_check check (btrim(chaperone) <> ''),
      conference_on date null,
      planned_at timestamptz not null,
      ended_at timestamptz null,
      ended_because text null constraint visits_ended_because_check
        check (ended_because in ('cancelled', 'blocked', 'withdrawn', 'grant_ended', 'not_attended')),
      journey_ended_at timestamptz null,
      constraint visits_times_check check (to_time collate "C" > from_time collate "C"),
      constraint visits_conference_check check (conference_on <= date),
      constraint visits_ended_check check ((ended_at is null) = (ended_because is null))
    )`);
  // Whoever follows a child's journey on the day of its conference is the observer of that conference.
  await knex.raw(`create unique index visits_one_observer on public.visits (case_key, date)
    where (one_observer or conference_on = date) and ended_at is null and case_key is not null`);
  await knex.raw('create index visits_by_grant on public.visits (grant_id, seq)');
  await knex.raw('create index visits_by_case on public.visits (case_key, date) where case_key is not null');
  await knex.raw('create index visits_by_date on public.visits (date desc, seq desc)');
  await knex.raw(`
    create function public.keep_visit() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.grant_id <> old.grant_id or new.one_observer <> old.one_observer
        or new.planned_at <> old.planned_at
        or (old.ended_at is not null and to_jsonb(new) <> to_jsonb(old))
        or (old.journey_ended_at is not null and new.journey_ended_at is distinct from old.journey_ended_at)
        or ((new.date, new.from_time, new.to_time, new.case_reference)
            is distinct from (old.date, old.from_time, old.to_time, old.case_reference)
          and exists (select from public.attendances a where a.visit_id = old.id))
        or (new.ended_at is distinct from old.ended_at
          and exists (select from public.attendances a where a.visit_id = old.id and a.outcome = 'attended'))
      then
        raise exception 'a visit that has ended or was recorded stays as it is'
          using errcode = '23514', constraint = 'visits_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger visits_kept before update on public.visits for each row execute function public.keep_visit()`);
  await knex.raw('alter table public.visits enable always trigger visits_kept');
  await govern(knex, 'visits', ['select', 'insert', 'update']);
  await knex.raw(`
    alter table public.incidents
      add constraint incidents_visit_fkey foreign key (visit_id) references public.visits (id)`);
};

const plansAndChecks = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.visit_plans (
      seq bigint generated always as identity primary key,
      visit_id uuid not null references public.visits (id),
      date date not null,
      from_time text not null,
      to_time text not null,
      case_reference text null,
      case_key text null generated always as (${keyOfCase}) stored,
      chaperone text null,
      conference_on date null,
      at timestamptz not null,
      person_id uuid not null references public.people (id),
      office text not null constraint visit_plans_office_check check ${office},
      capacity text not null
    )`);
  await knex.raw('create index visit_plans_by_visit on public.visit_plans (visit_id, seq)');
  await knex.raw(
    'create index visit_plans_by_case on public.visit_plans (case_key) where case_key is not null',
  );
  await govern(knex, 'visit_plans', ['select', 'insert']);
  // No reason stands beside a refused agreement: why somebody did not agree is never kept.
  await knex.raw(`
    create table public.visit_checks (
      seq bigint generated always as identity primary key,
      visit_id uuid not null references public.visits (id),
      question text not null constraint visit_checks_question_check
        check (question in ('connection', 'agreements', 'legal_bars')),
      date date not null,
      case_key text null,
      answer jsonb not null,
      reason jsonb null,
      at timestamptz not null,
      person_id uuid not null references public.people (id),
      office text not null constraint visit_checks_office_check check ${office},
      capacity text not null,
      constraint visit_checks_no_reason_of_refusal_check check (
        question <> 'agreements' or reason is null
        or not jsonb_path_exists(answer, '$.* \\? (@ == "refused")'))
    )`);
  await knex.raw('create index visit_checks_by_visit on public.visit_checks (visit_id, seq)');
  await govern(knex, 'visit_checks', ['select', 'insert']);
};

const attendances = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.attendances (
      visit_id uuid primary key references public.visits (id),
      grant_id uuid not null references public.grants (id),
      outcome text not null constraint attendances_outcome_check
        check (outcome in ('attended', 'did_not_attend', 'turned_away', 'cancelled')),
      arrived_at timestamptz null,
      left_at timestamptz null,
      chaperone text null,
      categories text[] not null default '{}' constraint attendances_categories_check check (
        categories <@ array['process', 'identity', 'family', 'health', 'education', 'police', 'legal_advice',
          'third_party', 'other_case']),
      closed_parts_left boolean null,
      departures jsonb not null default '[]',
      authorised boolean null,
      outside text[] not null default '{}',
      recorded_at timestamptz not null,
      person_id uuid not null references public.people (id),
      office text not null constraint attendances_office_check check ${office},
      capacity text not null,
      constraint attendances_attended_check check ((outcome = 'attended') = (authorised is not null)),
      constraint attendances_times_check check (
        outcome <> 'attended' or (arrived_at is not null and left_at is not null and left_at > arrived_at
          and left_at <= recorded_at and cardinality(categories) > 0)),
      constraint attendances_accompanied_check check (
        outcome <> 'attended' or chaperone is not null or ('chaperone' = any (outside) and not authorised))
    )`);
  await knex.raw(
    'create index attendances_by_grant on public.attendances (grant_id, arrived_at) where authorised is not null',
  );
  // As the rule reads an answer at a visit's door (policies/visit/visit-access.ts): the sense of each question alone.
  await knex.raw(`
    create function public.is_clean(question text, answer jsonb, reason jsonb) returns boolean
      language sql immutable set search_path = pg_catalog as $$
      select case question
        when 'connection' then answer = '"none"'
          or (answer in ('"professional"', '"ward"') and reason is not null)
        when 'agreements' then not exists (
          select from jsonb_each_text(answer) said
            where said.value <> 'agreed' and (said.value <> 'not_applicable' or reason is null))
        when 'legal_bars' then not exists (
          select from jsonb_array_elements(answer) found
            where (found->>'bar' in ('proceedings', 'court_order') and btrim(found->>'lawfulRoute') <> '') is not true
              and (found->>'bar' = 'privilege' and reason is not null) is not true)
      end
    $$`);
  await knex.raw('revoke all on function public.is_clean(text, jsonb, jsonb) from public');
  await knex.raw(`
    create function public.check_authorised() returns trigger
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
                and c.at <= new.arrived_at and c.date = planned.date
                and c.case_key is not distinct from planned.case_key))
        -- Of each question what was said last before the arrival, and whatever was said after it.
        or exists (
          select from public.visit_checks c where c.visit_id = new.visit_id and c.at <= new.left_at
            and c.date = planned.date and c.case_key is not distinct from planned.case_key
            and public.is_clean(c.question, c.answer, c.reason) is not true
            and not exists (
              select from public.visit_checks later where later.visit_id = c.visit_id
                and later.question = c.question and later.seq > c.seq and later.at <= new.arrived_at
                and later.date = c.date and later.case_key is not distinct from c.case_key))
      ) then
        raise exception 'nobody attends with authority but under a live grant, at a visit that was checked'
          using errcode = '23514', constraint = 'attendance_without_authority';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_authorised() from public');
  await knex.raw(`
    create trigger attendances_authorised before insert or update on public.attendances
      for each row execute function public.check_authorised()`);
  await knex.raw('alter table public.attendances enable always trigger attendances_authorised');
  await govern(knex, 'attendances', ['select', 'insert']);
  await knex.raw(`
    create table public.attendance_confirmations (
      visit_id uuid primary key references public.attendances (visit_id),
      agrees boolean not null,
      comment text null,
      person_id uuid not null references public.people (id),
      at timestamptz not null
    )`);
  await govern(knex, 'attendance_confirmations', ['select', 'insert']);
};

const questions = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.visit_questions (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      visit_id uuid not null references public.attendances (visit_id),
      kind text not null constraint visit_questions_kind_check check (kind in ('question', 'challenge')),
      text text not null constraint visit_questions_text_check check (btrim(text) <> ''),
      asked_at timestamptz not null,
      asked_by uuid not null references public.people (id),
      owner_id uuid not null references public.people (id),
      due_on date not null,
      response text null,
      to_committee boolean null,
      answered_at timestamptz null,
      answered_by uuid null references public.people (id),
      constraint visit_questions_answered_check check (
        (answered_at is null) = (response is null) and (answered_at is null) = (answered_by is null)
        and (answered_at is null) = (to_committee is null))
    )`);
  await knex.raw('create index visit_questions_by_visit on public.visit_questions (visit_id, seq)');
  await knex.raw(
    'create index visit_questions_open on public.visit_questions (due_on, seq) where answered_at is null',
  );
  await knex.raw(`
    create function public.keep_question() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      answer text[] := array['response', 'to_committee', 'answered_at', 'answered_by'];
    begin
      if old.answered_at is not null or (to_jsonb(new) - answer) <> (to_jsonb(old) - answer) then
        raise exception 'a question is answered once and changes in nothing else'
          using errcode = '23514', constraint = 'visit_questions_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger visit_questions_kept before update on public.visit_questions
      for each row execute function public.keep_question()`);
  await knex.raw('alter table public.visit_questions enable always trigger visit_questions_kept');
  await govern(knex, 'visit_questions', ['select', 'insert', 'update']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.incidents drop constraint incidents_visit_fkey');
  for (const table of [
    'visit_questions',
    'attendance_confirmations',
    'attendances',
    'visit_checks',
    'visit_plans',
    'visits',
  ]) {
    await knex.raw('drop table public.??', [table]);
  }
  await knex.raw('drop function public.check_authorised()');
  await knex.raw('drop function public.is_clean(text, jsonb, jsonb)');
  await knex.raw('drop function public.keep_visit()');
  await knex.raw('drop function public.keep_question()');
};
