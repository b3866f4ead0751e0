import type { Knex } from 'knex';
import { govern } from './govern.js';
import { listTexts } from './listed-texts.js';

const capacity = (table: string): string =>
  `capacity text not null constraint ${table}_capacity_check check (capacity in ('principal', 'authorised', 'deputy'))`;

/**
 * A freeze is confirmed or released; the councillor is told what is alleged and answers before what an incident froze is
 * ended. A case that nobody had planned is named with the incident that disclosed it.
 */
export const up = async (knex: Knex): Promise<void> => {
  await hearings(knex);
  await knex.raw(`
    create table public.incident_cases (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      incident_id uuid not null references public.incidents (id) on delete cascade,
      case_reference text not null constraint incident_cases_case_check check (case_reference ~ '[[:alnum:]]'),
      case_key text null generated always as
        (upper(regexp_replace(normalize(case_reference, nfkc), '[^[:alnum:]]', '', 'g'))) stored,
      added_at timestamptz not null,
      added_by uuid not null references public.people (id),
      ${capacity('incident_cases')},
      constraint incident_cases_once unique (incident_id, case_key)
    )`);
  await knex.raw('create index incident_cases_by_case on public.incident_cases (case_key)');
  await govern(knex, 'incident_cases', ['select', 'insert']);
  await confirming(knex, true);
  await counting(knex, 'f.released_at is null and f.confirmed_at is null', 'released_at, confirmed_at');
  await ends(knex);
  await listTexts(knex, () =>
    knex.raw(`insert into public.stored_texts
        (kind, field, held_in, held_as, id_sql, request_sql, councillor_sql, author_sql, read_with, read_at_sql)
      select said.kind, said.field, said.held_in, said.held_as, said.id_sql,
        '(select coalesce(i.request_id, (select g.request_id from public.grants g where g.id = i.grant_id)) '
          || 'from public.incidents i where i.id = t.incident_id)',
        '(select i.councillor_id from public.incidents i where i.id = t.incident_id)',
        said.author_sql, 'incident', 't.incident_id::text'
        from (values
          ('allegation', 'gist', 'incident_hearings', 'gist', 't.incident_id::text', 't.told_by'),
          ('allegation', 'answer', 'incident_hearings', 'answer', 't.incident_id::text',
            '(select p.id from public.people p join public.incidents i on i.councillor_id = p.councillor_id '
              || 'where i.id = t.incident_id)'),
          ('incident_case', 'caseReference', 'incident_cases', 'case_reference', 't.id::text', 't.added_by'))
        said (kind, field, held_in, held_as, id_sql, author_sql)
      union all select kind, 'confirmReasons', held_in, 'confirm_reasons', id_sql, request_sql, councillor_sql,
        't.confirmed_by', read_with, read_at_sql
        from public.stored_texts where kind = 'freeze' and field = 'releaseReasons'`),
  );
};

/** What is alleged of the councillor, in the words of Data Protection, and their answer: each once. */
const hearings = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.incident_hearings (
      incident_id uuid primary key references public.incidents (id) on delete cascade,
      gist text not null constraint incident_hearings_gist_check check (btrim(gist) <> ''),
      told_at timestamptz not null,
      told_by uuid not null references public.people (id),
      ${capacity('incident_hearings')},
      due_on date not null,
      answer text null constraint incident_hearings_answer_check check (btrim(answer) <> ''),
      answered_at timestamptz null,
      constraint incident_hearings_answered_check check (
        (answer is null) = (answered_at is null) and answered_at >= told_at)
    )`);
  await govern(knex, 'incident_hearings', ['select', 'insert']);
  await knex.raw('grant update (answer, answered_at) on public.incident_hearings to ntk_service');
  await knex.raw(`
    create trigger incident_hearings_kept before update on public.incident_hearings
      for each row when (not public.is_redacting()) execute function public.keep_hearing()`);
  await knex.raw('alter table public.incident_hearings enable always trigger incident_hearings_kept');
};

const confirmedColumns = ['confirmed_at', 'confirmed_by', 'confirm_reasons'];

/** A freeze is confirmed once, while it lasts, and released once. */
const confirming = async (knex: Knex, isConfirmed: boolean): Promise<void> => {
  if (isConfirmed) {
    await knex.raw(`
      alter table public.grant_freezes
        add column confirmed_at timestamptz null,
        add column confirmed_by uuid null references public.people (id),
        add column confirm_reasons text null constraint grant_freezes_reasons_check check (btrim(confirm_reasons) <> ''),
        add constraint grant_freezes_confirmed_check check (
          (confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (confirm_reasons is null)
          and confirmed_at >= frozen_at)`);
    await knex.raw(`grant update (${confirmedColumns.join(', ')}) on public.grant_freezes to ntk_service`);
  }
  const changing = [
    'released_at',
    'released_by',
    'release_reasons',
    ...(isConfirmed ? confirmedColumns : []),
  ];
  const list = `array[${changing.map((column) => `'${column}'`).join(', ')}]`;
  await knex.raw(`
    create or replace function public.keep_freeze() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.released_at is not null
        or (to_jsonb(new) - ${list}) <> (to_jsonb(old) - ${list})
        ${
          isConfirmed
            ? `or (old.confirmed_at is not null and (new.confirmed_at, new.confirmed_by, new.confirm_reasons)
              is distinct from (old.confirmed_at, old.confirmed_by, old.confirm_reasons))`
            : ''
        }
      then
        raise exception 'a freeze is confirmed once and released once, and changes in nothing else'
          using errcode = '23514', constraint = 'grant_freezes_kept';
      end if;
      return new;
    end $$`);
  if (!isConfirmed)
    await knex.raw(
      `alter table public.grant_freezes ${confirmedColumns.map((column) => `drop column ${column}`).join(', ')}`,
    );
};

/** The day by which a freeze is confirmed or released runs until it is either. */
const counting = async (knex: Knex, lasts: string, columns: string): Promise<void> => {
  await knex.raw(`
    create or replace function runtime.keep_freeze_due(about uuid, is_fresh boolean) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      is_open boolean := exists (
        select from public.grant_freezes f join public.grants frozen on frozen.id = f.grant_id
          where frozen.id = about and ${lasts} and frozen.ended_at is null and frozen.events_used < frozen.events);
    begin
      if is_fresh or not is_open then
        perform runtime.keep_due_day((select g.request_id from public.grants g where g.id = about), 'release_or_end',
          about, null, is_open);
      end if;
    end $$`);
  await knex.raw('drop trigger due_days_of_freeze on public.grant_freezes');
  await knex.raw(`
    create trigger due_days_of_freeze after insert or update of ${columns} on public.grant_freezes
      for each row execute function runtime.due_days_of_freeze()`);
  await knex.raw('alter table public.grant_freezes enable always trigger due_days_of_freeze');
};

/** Nobody ends what an incident froze before the councillor could answer, save to protect others. */
const ends = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.check_end_heard() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.end_cause is distinct from 'to_protect_others' and exists (
        select from public.grant_freezes f where f.grant_id = new.id and f.released_at is null
          and not exists (
            select from public.incident_hearings h where h.incident_id = f.incident_id
              and (h.answered_at <= new.ended_at
                or (new.ended_at at time zone 'Europe/London')::date > h.due_on)))
      then
        raise exception 'what an incident froze is not ended before the councillor could answer'
          using errcode = '23514', constraint = 'end_unheard', schema = 'public', table = 'grants';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_end_heard() from public');
  await knex.raw(`
    create trigger grants_end_heard before update of ended_at on public.grants
      for each row when (old.ended_at is null and new.ended_because = 'revoked')
      execute function public.check_end_heard()`);
  await knex.raw('alter table public.grants enable always trigger grants_end_heard');
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () =>
    knex.raw(`delete from public.stored_texts where held_in in ('incident_hearings', 'incident_cases')
      or (kind = 'freeze' and field = 'confirmReasons')`),
  );
  await knex.raw('drop trigger grants_end_heard on public.grants');
  await knex.raw('drop function public.check_end_heard()');
  await counting(knex, 'f.released_at is null', 'released_at');
  await confirming(knex, false);
  await knex.raw('drop table public.incident_cases');
  await knex.raw('drop table public.incident_hearings');
};
