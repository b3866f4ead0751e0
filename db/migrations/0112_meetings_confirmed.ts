import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Each office that a note names as present at a meeting says whether it was there: once, through a person of its own, and
 * while the version that was discussed is before the offices. Who recorded the meeting has said so for their own office.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.meeting_confirmations (
      entry_id uuid not null references public.discussion (id) on delete cascade,
      office text not null constraint meeting_confirmations_office_check check (
        office in ('childrens_services', 'democratic_services', 'legal', 'monitoring_officer')),
      was_there boolean not null,
      person_id uuid not null references public.people (id),
      capacity text not null
        constraint meeting_confirmations_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      at timestamptz not null,
      primary key (entry_id, office),
      constraint meeting_confirmations_one_a_person unique (entry_id, person_id)
    )`);
  await govern(knex, 'meeting_confirmations', ['select', 'insert']);
  await knex.raw(`
    create function public.check_meeting_confirmed() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      meeting record;
    begin
      select d.office, d.person_id, d.present, d.version = r.version and r.status = 'submitted' as is_open into meeting
        from public.discussion d join public.requests r on r.id = d.request_id where d.id = new.entry_id;
      if not meeting.is_open or meeting.present is null or new.office <> all (meeting.present) or new.office = meeting.office
      then
        raise exception 'an office that is named as present says once whether it was there' using errcode = '23514',
          constraint = 'meeting_confirmations_named', schema = 'public', table = 'meeting_confirmations';
      end if;
      if new.person_id = meeting.person_id then
        raise exception 'one person speaks for one office at a meeting' using errcode = '23514',
          constraint = 'meeting_confirmations_one_a_person', schema = 'public', table = 'meeting_confirmations';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_meeting_confirmed() from public');
  await knex.raw(`
    create trigger meeting_confirmations_named before insert on public.meeting_confirmations
      for each row execute function public.check_meeting_confirmed()`);
  await knex.raw(
    'alter table public.meeting_confirmations enable always trigger meeting_confirmations_named',
  );
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.meeting_confirmations');
  await knex.raw('drop function public.check_meeting_confirmed()');
};
