import type { Knex } from 'knex';
import { listTexts } from './listed-texts.js';
import { reshape } from './reshape.js';

const kept = `'settled_capacity', 'settled_reasons']`;
const judgedToo = `'settled_capacity', 'settled_reasons', 'judged']`;

const givesNothingBack = 'new.events_used < old.events_used';
const givesBackUnused = `(new.events_used < old.events_used and new.events_used <> (
          select count(*) from public.attendances a where a.grant_id = new.id and a.outcome = 'attended'))`;

const endedBefore = '(v.ended_at is null or v.ended_at > new.left_at)';
const endedByRecord = `(v.ended_at is null or v.ended_at > new.left_at or v.ended_because = 'not_attended')`;

/**
 * A record of attendance is corrected: the correction keeps what was recorded, and once a second person has confirmed it
 * the record is as corrected, judged as at recording. An event is used by who attended, and by nobody else. The councillor
 * confirms the record anew, and what they said to the one before stays.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.corrections
      add column judged jsonb null,
      add constraint corrections_judged_check
        check ((judged is not null) = (of_kind = 'attendance' and status = 'counts'))`);
  await knex.raw('grant update (judged) on public.corrections to ntk_service');
  await reshape(knex, 'keep_correction', kept, judgedToo);
  // Of one record one correction waits, whatever it changes.
  await knex.raw(`
    create unique index corrections_one_attendance on public.corrections (of_id)
      where of_kind = 'attendance' and status = 'waiting'`);
  await knex.raw(`
    alter table public.attendances
      add column corrected_at timestamptz null,
      add column correction_id uuid null references public.corrections (id),
      add constraint attendances_corrected_check check ((corrected_at is null) = (correction_id is null)),
      drop constraint attendances_times_check,
      add constraint attendances_times_check check (
        outcome <> 'attended' or (arrived_at is not null and left_at is not null and left_at > arrived_at
          and left_at <= coalesce(corrected_at, recorded_at) and cardinality(categories) > 0))`);
  await confirmedAnew(knex);
  await reshape(knex, 'keep_granted', givesNothingBack, givesBackUnused);
  await reshape(knex, 'check_authorised', endedBefore, endedByRecord);
  await correcting(knex);
};

/** What the councillor says to a record is of the record as it stood then. */
const confirmedAnew = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.attendance_confirmations
      drop constraint attendance_confirmations_pkey,
      add column seq bigint generated always as identity primary key,
      add column of_correction uuid null references public.corrections (id)`);
  await knex.raw(`
    create unique index attendance_confirmations_once on public.attendance_confirmations (visit_id, of_correction)
      nulls not distinct`);
  await knex.raw(`
    create function public.confirm_what_stands() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      new.of_correction := (select a.correction_id from public.attendances a where a.visit_id = new.visit_id);
      return new;
    end $$`);
  await knex.raw('revoke all on function public.confirm_what_stands() from public');
  await knex.raw(`
    create trigger attendance_confirmations_stand before insert on public.attendance_confirmations
      for each row execute function public.confirm_what_stands()`);
  await knex.raw(
    'alter table public.attendance_confirmations enable always trigger attendance_confirmations_stand',
  );
  await listTexts(knex, () =>
    knex('stored_texts')
      .where({ kind: 'confirmation' })
      .update({ id_sql: 'coalesce(t.of_correction, t.visit_id)::text' }),
  );
};

const said = (field: string, read: string, stands: string): string =>
  `case when new.corrected -> '${field}' is not null then ${read} else ${stands} end`;

const listOf = (field: string): string =>
  `array(select jsonb_array_elements_text(new.corrected -> '${field}'))`;

const correcting = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.correct_attendance() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      a public.attendances%rowtype;
    begin
      select * into a from public.attendances where visit_id = new.visit_id for update;
      if a.visit_id is null or new.of_id <> a.visit_id::text or new.was is null
        or new.was is distinct from (
          select jsonb_object_agg(key, case key
              when 'chaperone' then new.was -> key when 'departures' then new.was -> key
              when 'outcome' then to_jsonb(a.outcome)
              when 'categories' then to_jsonb(a.categories)
              when 'closedPartsLeft' then coalesce(to_jsonb(a.closed_parts_left), 'null')
              when 'arrived' then case when (new.was ->> key)::timestamptz is not distinct from a.arrived_at then new.was -> key else '"other"' end
              when 'left' then case when (new.was ->> key)::timestamptz is not distinct from a.left_at then new.was -> key else '"other"' end
            end) from jsonb_object_keys(new.corrected) as key)
      then
        raise exception 'a correction of an attendance says what was recorded before'
          using errcode = '23514', constraint = 'corrections_of_attendances';
      end if;
      if new.status <> 'counts' then return null; end if;
      update public.attendances set
        outcome = ${said('outcome', `new.corrected ->> 'outcome'`, 'a.outcome')},
        arrived_at = ${said('arrived', `(new.corrected ->> 'arrived')::timestamptz`, 'a.arrived_at')},
        left_at = ${said('left', `(new.corrected ->> 'left')::timestamptz`, 'a.left_at')},
        chaperone = ${said('chaperone', `new.corrected ->> 'chaperone'`, 'a.chaperone')},
        categories = ${said('categories', listOf('categories'), 'a.categories')},
        closed_parts_left = ${said('closedPartsLeft', `(new.corrected ->> 'closedPartsLeft')::boolean`, 'a.closed_parts_left')},
        departures = ${said('departures', `new.corrected -> 'departures'`, 'a.departures')},
        authorised = (new.judged ->> 'authorised')::boolean,
        outside = array(select jsonb_array_elements_text(new.judged -> 'outside')),
        corrected_at = new.settled_at,
        correction_id = new.id
      where visit_id = a.visit_id;
      update public.visits v set ended_at = new.settled_at, ended_because = 'not_attended'
        where v.id = a.visit_id and v.ended_at is null
          and exists (select from public.attendances o where o.visit_id = v.id and o.outcome <> 'attended');
      update public.grants g set events_used = least(g.events, (
          select count(*) from public.attendances o where o.grant_id = g.id and o.outcome = 'attended'))
        where g.id = a.grant_id;
      return null;
    end $$`);
  await knex.raw('revoke all on function public.correct_attendance() from public');
  await knex.raw(`
    create trigger corrections_of_attendances after insert or update of status on public.corrections
      for each row when (new.of_kind = 'attendance' and new.status in ('waiting', 'counts'))
      execute function public.correct_attendance()`);
  await knex.raw('alter table public.corrections enable always trigger corrections_of_attendances');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger corrections_of_attendances on public.corrections');
  await knex.raw('drop function public.correct_attendance()');
  await reshape(knex, 'check_authorised', endedByRecord, endedBefore);
  await reshape(knex, 'keep_granted', givesBackUnused, givesNothingBack);
  await listTexts(knex, () =>
    knex('stored_texts').where({ kind: 'confirmation' }).update({ id_sql: 't.visit_id::text' }),
  );
  await knex.raw('drop trigger attendance_confirmations_stand on public.attendance_confirmations');
  await knex.raw('drop function public.confirm_what_stands()');
  await knex.raw(`
    alter table public.attendance_confirmations
      drop column seq, drop column of_correction,
      add constraint attendance_confirmations_pkey primary key (visit_id)`);
  await knex.raw(`
    alter table public.attendances
      drop constraint attendances_times_check, drop column corrected_at, drop column correction_id,
      add constraint attendances_times_check check (
        outcome <> 'attended' or (arrived_at is not null and left_at is not null and left_at > arrived_at
          and left_at <= recorded_at and cardinality(categories) > 0))`);
  await knex.raw('drop index public.corrections_one_attendance');
  await reshape(knex, 'keep_correction', judgedToo, kept);
  await knex.raw('alter table public.corrections drop column judged');
};
