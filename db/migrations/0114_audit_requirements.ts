import type { Knex } from 'knex';
import { govern } from './govern.js';
import { listTexts, readNoMoreWith, readWith } from './listed-texts.js';

const capacity = (column: string): string =>
  `constraint audit_requirements_${column}_check check (${column} in ('principal', 'authorised', 'deputy'))`;

const texts = [
  ['reasons', 'reasons', 't.recorded_by'],
  ['endReasons', 'end_reasons', 't.ended_by'],
] as const;

/** A text has one matter, which a hold or an access request covers: that of the first record. */
const firstRecord = `(select min(n.request_id) from public.audit_requirement_records n where n.requirement_id = t.id)`;

/**
 * Requirements of Internal Audit: named records open in full to a named auditor for a stated time, once a second person has
 * confirmed it. Nothing of one changes but that it is confirmed once and ended once. It goes with the last of its records.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.audit_requirements (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity unique,
      auditor_id uuid not null references public.people (id),
      from_on date not null,
      until_on date not null,
      reasons text not null constraint audit_requirements_reasons_check check (btrim(reasons) <> ''),
      recorded_at timestamptz not null,
      recorded_by uuid not null references public.people (id),
      confirmed_at timestamptz null,
      confirmed_by uuid null references public.people (id),
      confirmed_office text null constraint audit_requirements_confirmed_office_check
        check (confirmed_office in ('democratic_services', 'monitoring_officer')),
      confirmed_capacity text null ${capacity('confirmed_capacity')},
      ended_at timestamptz null,
      ended_by uuid null references public.people (id),
      end_reasons text null,
      constraint audit_requirements_span_check check (until_on >= from_on),
      constraint audit_requirements_confirmed_check check (
        num_nonnulls(confirmed_at, confirmed_by, confirmed_office, confirmed_capacity) in (0, 4)),
      constraint audit_requirements_ended_check check (
        num_nonnulls(ended_at, ended_by) in (0, 2)
        and (ended_at is null) = (coalesce(btrim(end_reasons), '') = '')),
      constraint audit_requirements_two_people check (confirmed_by <> recorded_by),
      constraint audit_requirements_own check (auditor_id <> recorded_by and auditor_id is distinct from confirmed_by)
    )`);
  await knex.raw(`
    create index audit_requirements_stand on public.audit_requirements (auditor_id, seq)
      where confirmed_at is not null and ended_at is null`);
  await knex.raw(`
    create table public.audit_requirement_records (
      requirement_id uuid not null references public.audit_requirements (id) on delete cascade,
      request_id bigint not null references public.requests (id) on delete cascade,
      primary key (requirement_id, request_id)
    )`);
  await knex.raw(
    'create index audit_requirement_records_by_request on public.audit_requirement_records (request_id)',
  );
  await keeping(knex);
  await govern(knex, 'audit_requirements', ['select', 'insert']);
  await knex.raw(`
    grant update (confirmed_at, confirmed_by, confirmed_office, confirmed_capacity, ended_at, ended_by, end_reasons)
      on public.audit_requirements to ntk_service`);
  await govern(knex, 'audit_requirement_records', ['select', 'insert']);
  await readWith(knex, 'audit_requirement');
  for (const [field, column, author] of texts)
    await listTexts(knex, () =>
      knex.raw(
        `insert into public.stored_texts (kind, field, held_in, held_as, id_sql, request_sql, author_sql, read_with, read_at_sql)
           values ('audit_requirement', ?, 'audit_requirements', ?, 't.id::text', ?, ?, 'audit_requirement', 't.id::text')`,
        [field, column, firstRecord, author],
      ),
    );
};

const keeping = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_audit_requirement() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      confirming text[] := array['confirmed_at', 'confirmed_by', 'confirmed_office', 'confirmed_capacity'];
      ending text[] := array['ended_at', 'ended_by', 'end_reasons'];
    begin
      if tg_op = 'INSERT' then
        if new.confirmed_at is not null or new.ended_at is not null then
          raise exception 'it is confirmed after it is recorded' using errcode = '23514', constraint = 'audit_requirements_kept';
        end if;
        if not public.acts_for(new.auditor_id, 'auditor', new.recorded_at) then
          raise exception 'records open to an auditor' using errcode = '23514', constraint = 'audit_requirements_auditor';
        end if;
        return new;
      end if;
      if old.ended_at is not null
        or (to_jsonb(new) - confirming - ending) <> (to_jsonb(old) - confirming - ending)
        or (old.confirmed_at is not null and (new.confirmed_at, new.confirmed_by, new.confirmed_office, new.confirmed_capacity)
          is distinct from (old.confirmed_at, old.confirmed_by, old.confirmed_office, old.confirmed_capacity))
      then
        raise exception 'a requirement is confirmed once and ended once' using errcode = '23514',
          constraint = 'audit_requirements_kept';
      end if;
      if new.confirmed_at is not null and old.confirmed_at is null
        and not public.acts_for(new.confirmed_by, new.confirmed_office, new.confirmed_at)
      then
        raise exception 'who confirms it acts for the office' using errcode = '23514',
          constraint = 'audit_requirements_confirmer';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger audit_requirements_kept before insert or update on public.audit_requirements
      for each row when (not public.is_redacting()) execute function public.keep_audit_requirement()`);
  // What a second person confirmed is what opens: no record joins it afterwards, and none that was never submitted.
  await knex.raw(`
    create function public.keep_audited_record() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (select from public.audit_requirements q
          where q.id = new.requirement_id and (q.confirmed_at is not null or q.ended_at is not null)) then
        raise exception 'no record joins a requirement that was confirmed' using errcode = '23514',
          constraint = 'audit_requirements_kept';
      end if;
      if not exists (select from public.requests r where r.id = new.request_id and r.submitted) then
        raise exception 'nobody but its author reads a draft' using errcode = '23514',
          constraint = 'audit_requirement_records_submitted';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger audit_requirement_records_kept before insert or update on public.audit_requirement_records
      for each row execute function public.keep_audited_record()`);
  // Once its records were disposed of, nothing tells what it was about.
  await knex.raw(`
    create function public.forget_audit_requirement() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      delete from public.audit_requirements q where q.id = old.requirement_id
        and not exists (select from public.audit_requirement_records n where n.requirement_id = q.id);
      return null;
    end $$`);
  await knex.raw(`
    create trigger audit_requirement_records_gone after delete on public.audit_requirement_records
      for each row execute function public.forget_audit_requirement()`);
  for (const called of ['keep_audit_requirement()', 'keep_audited_record()', 'forget_audit_requirement()'])
    await knex.raw(`revoke all on function public.${called} from public`);
  for (const [table, trigger] of [
    ['audit_requirements', 'audit_requirements_kept'],
    ['audit_requirement_records', 'audit_requirement_records_kept'],
    ['audit_requirement_records', 'audit_requirement_records_gone'],
  ] as const)
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () => knex.raw(`delete from public.stored_texts where kind = 'audit_requirement'`));
  await readNoMoreWith(knex, 'audit_requirement');
  await knex.raw('drop table public.audit_requirement_records');
  await knex.raw('drop table public.audit_requirements');
  for (const called of ['keep_audit_requirement()', 'keep_audited_record()', 'forget_audit_requirement()'])
    await knex.raw(`drop function public.${called}`);
};
