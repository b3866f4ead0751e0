import type { Knex } from 'knex';
import { govern } from './govern.js';
import { listTexts } from './listed-texts.js';

const kinds = (...further: readonly string[]): string =>
  [
    'clock',
    'answer_returned',
    'acknowledge',
    'ask_for_review',
    'check_connection',
    'attendance_record',
    'answer_question',
    'release_or_end',
    ...further,
  ]
    .map((kind) => `'${kind}'`)
    .join(', ');

const dueKinds = async (knex: Knex, ...further: readonly string[]): Promise<void> => {
  await knex.raw('alter table runtime.due_days drop constraint due_days_kind_check');
  await knex.raw(
    `alter table runtime.due_days add constraint due_days_kind_check check (kind in (${kinds(...further)}))`,
  );
};

/** The last assessment of the incident of that id. */
const last = (incident: string): string => `
  (select a from public.incident_assessments a where a.incident_id = ${incident} order by a.seq desc limit 1)`;

/**
 * A personal data breach: when an officer became aware of it, whether data of others was exposed, and how Data Protection
 * assessed it, each time. An incident that may have exposed such data is not closed before that is settled. The time to
 * report it, which is counted by the clock, is found by its day as every deadline is.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.incidents
      add column aware_at timestamptz null,
      add column exposed text null
        constraint incidents_exposed_check check (exposed in ('yes', 'no', 'unknown')),
      add constraint incidents_aware_check check (aware_at between happened_at and reported_at)`);
  await knex.raw(`
    create table public.incident_assessments (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      incident_id uuid not null references public.incidents (id) on delete cascade,
      aware_at timestamptz null,
      exposed boolean not null,
      risk text not null
        constraint incident_assessments_risk_check check (risk in ('unlikely', 'risk', 'high_risk')),
      reportable boolean not null,
      reasons text not null constraint incident_assessments_reasons_check check (btrim(reasons) <> ''),
      reported_at timestamptz null,
      commissioner_reference text null,
      delay text null,
      subjects_told boolean not null,
      told text null,
      assessed_at timestamptz not null,
      assessed_by uuid not null references public.people (id),
      capacity text not null
        constraint incident_assessments_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      constraint incident_assessments_nothing_check check (
        exposed or (risk = 'unlikely' and not reportable and not subjects_told)),
      constraint incident_assessments_reportable_check check (risk = 'unlikely' or reportable),
      constraint incident_assessments_reported_check check (
        (reported_at is null or (reportable and reported_at <= assessed_at))
        and (commissioner_reference is null or reported_at is not null)),
      constraint incident_assessments_told_check check (
        (not subjects_told and risk <> 'high_risk') or coalesce(btrim(told), '') <> '')
    )`);
  await knex.raw(
    'create index incident_assessments_by_incident on public.incident_assessments (incident_id, seq)',
  );
  await govern(knex, 'incident_assessments', ['select', 'insert']);
  await closing(knex);
  await delayed(knex);
  await counting(knex);
  await listTexts(knex, () =>
    knex.raw(`insert into public.stored_texts
        (kind, field, held_in, held_as, id_sql, request_sql, councillor_sql, author_sql, read_with, read_at_sql)
      select 'assessment', said.field, 'incident_assessments', said.held_as, 't.id::text',
        '(select coalesce(i.request_id, (select g.request_id from public.grants g where g.id = i.grant_id)) '
          || 'from public.incidents i where i.id = t.incident_id)',
        '(select i.councillor_id from public.incidents i where i.id = t.incident_id)',
        't.assessed_by', 'incident', 't.incident_id::text'
        from (values ('reasons', 'reasons'), ('commissionerReference', 'commissioner_reference'), ('delay', 'delay'),
          ('told', 'told')) said (field, held_as)`),
  );
};

/** Nobody closes an incident that may have exposed data of others before that is settled. */
const closing = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.check_assessed() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      latest public.incident_assessments := ${last('new.id')};
    begin
      -- In brackets: the first bare word THEN would end the condition.
      if (case when latest.id is null then new.exposed in ('yes', 'unknown')
        else latest.exposed and latest.reportable and latest.commissioner_reference is null end)
      then
        raise exception 'an incident that exposed personal data of others is assessed before it is closed'
          using errcode = '23514', constraint = 'incident_unassessed', schema = 'public', table = 'incidents';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_assessed() from public');
  await knex.raw(`
    create trigger incidents_assessed before update of closed_at on public.incidents
      for each row when (old.closed_at is null and new.closed_at is not null)
      execute function public.check_assessed()`);
  await knex.raw('alter table public.incidents enable always trigger incidents_assessed');
};

/** A report that came after its time gives the reasons for the delay. */
const delayed = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.check_delay() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if coalesce(btrim(new.delay), '') = '' and new.reported_at > (
        select coalesce(new.aware_at, i.aware_at, i.reported_at) + interval '72 hours'
          from public.incidents i where i.id = new.incident_id)
      then
        raise exception 'a late report of a breach gives reasons for the delay'
          using errcode = '23514', constraint = 'incident_assessments_delayed', schema = 'public',
            table = 'incident_assessments';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_delay() from public');
  await knex.raw(`
    create trigger incident_assessments_delayed before insert on public.incident_assessments
      for each row execute function public.check_delay()`);
  await knex.raw(
    'alter table public.incident_assessments enable always trigger incident_assessments_delayed',
  );
};

/** Not every incident has a request: the time to report a breach runs all the same. */
const counting = async (knex: Knex): Promise<void> => {
  await dueKinds(knex, 'report_breach');
  await knex.raw(`
    alter table runtime.due_days
      alter column request_id drop not null,
      add constraint due_days_request_check check (request_id is not null or kind = 'report_breach')`);
  await knex.raw(`
    create function runtime.keep_breach_due(incident uuid) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      about public.incidents := (select i from public.incidents i where i.id = keep_breach_due.incident);
      latest public.incident_assessments := ${last('keep_breach_due.incident')};
    begin
      if about.closed_at is null and (case when latest.id is null then about.exposed in ('yes', 'unknown')
        else latest.exposed and latest.reportable and latest.reported_at is null end)
      then
        -- An assessment may say that somebody was aware of it at another time.
        insert into runtime.due_days as d (request_id, kind, subject)
          values (about.request_id, 'report_breach', about.id)
          on conflict on constraint due_days_unique
          do update set due_on = null, said = 0, reckoned = null, change = d.change + 1;
      else
        delete from runtime.due_days d where d.kind = 'report_breach' and d.subject = keep_breach_due.incident;
      end if;
    end $$`);
  await knex.raw('revoke all on function runtime.keep_breach_due(uuid) from public');
  for (const [name, table, id, when] of [
    ['incident', 'incidents', 'new.id', 'insert or update of closed_at'],
    ['assessment', 'incident_assessments', 'new.incident_id', 'insert'],
  ] as const) {
    await knex.raw(`
      create function runtime.due_days_of_${name}() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        perform runtime.keep_breach_due(${id});
        return null;
      end $$`);
    await knex.raw(`revoke all on function runtime.due_days_of_${name}() from public`);
    await knex.raw(`
      create trigger due_days_of_${name} after ${when} on public.${table}
        for each row execute function runtime.due_days_of_${name}()`);
    await knex.raw('alter table public.?? enable always trigger ??', [table, `due_days_of_${name}`]);
  }
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () =>
    knex.raw(`delete from public.stored_texts where held_in = 'incident_assessments'`),
  );
  await knex.raw('drop table public.incident_assessments');
  await knex.raw('drop function public.check_delay()');
  await knex.raw('drop trigger due_days_of_incident on public.incidents');
  for (const name of ['incident', 'assessment'])
    await knex.raw(`drop function runtime.due_days_of_${name}()`);
  await knex.raw('drop function runtime.keep_breach_due(uuid)');
  await knex.raw(`delete from runtime.due_days where kind = 'report_breach'`);
  await knex.raw(`
    alter table runtime.due_days
      drop constraint due_days_request_check,
      alter column request_id set not null`);
  await dueKinds(knex);
  await knex.raw('drop trigger incidents_assessed on public.incidents');
  await knex.raw('drop function public.check_assessed()');
  await knex.raw(`
    alter table public.incidents
      drop constraint incidents_aware_check,
      drop column exposed,
      drop column aware_at`);
};
