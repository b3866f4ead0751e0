import type { Knex } from 'knex';
import { reshape } from './reshape.js';

/** A correction of the register counts: of a councillor, and of the days that a lapse may have rested on. */
const counts = `exists (select from public.corrections c join public.requests r on r.councillor_id = c.councillor_id
            where r.id = new.request_id and c.of_kind in ('councillor', 'training', 'appointment') and c.status = 'counts'
              and coalesce(c.settled_at, c.proposed_at) >= old.ended_at)`;

const endedOnce = `is distinct from (to_jsonb(old) - 'events_used'))`;
/** A lapse is taken back where a slip in the register was corrected since. */
const unlessTakenBack = `is distinct from (to_jsonb(old) - 'events_used')
          and not (old.ended_because = 'lapsed' and new.ended_at is null
            and (to_jsonb(new) - array['events_used', 'ended_at', 'ended_because'])
              = (to_jsonb(old) - array['events_used', 'ended_at', 'ended_because'])
            and ${counts}))`;

/**
 * What the register has wrong is corrected beside the original: a seat lost by mistake once a second person of Democratic
 * Services confirms it, a day of training or of an appointment at once. The correction keeps the day from before, and alone
 * changes a day of training, or the first day of an appointment. A lapse is taken back by such a correction, and by nothing
 * else.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.corrections add constraint corrections_of_register check (
      of_kind not in ('councillor', 'training', 'appointment')
      or (office = 'democratic_services' and councillor_id is not null and was is not null
        and (of_kind = 'councillor') = (confirmer is not null)
        and (confirmer is null or confirmer = 'democratic_services')))`);
  await knex.raw(`
    create function public.correct_register() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      before text;
      named date := nullif(new.corrected ->> new.of_field, 'none')::date;
    begin
      if new.of_kind = 'training' then
        select case new.of_field when 'completed' then t.completed else t.expires end::text into before
          from public.training t where t.id::text = new.of_id and t.councillor_id = new.councillor_id for update;
      else
        select case new.of_field when 'from' then a.from_date::text else coalesce(a.to_date::text, 'none') end into before
          from public.appointments a where a.id::text = new.of_id and a.councillor_id = new.councillor_id for update;
      end if;
      if before is null or new.was is distinct from jsonb_build_object(new.of_field, before) then
        raise exception 'a correction of the register names the day from before'
          using errcode = '23514', constraint = 'corrections_of_days';
      end if;
      case new.of_kind || '.' || new.of_field
        when 'training.completed' then update public.training set completed = named where id::text = new.of_id;
        when 'training.expires' then update public.training set expires = named where id::text = new.of_id;
        when 'appointment.from' then update public.appointments set from_date = named where id::text = new.of_id;
        when 'appointment.to' then update public.appointments set to_date = named where id::text = new.of_id;
      end case;
      return null;
    end $$`);
  await knex.raw('revoke all on function public.correct_register() from public');
  await knex.raw(`
    create trigger corrections_of_register after insert on public.corrections
      for each row when (new.of_kind in ('training', 'appointment')) execute function public.correct_register()`);
  await knex.raw('alter table public.corrections enable always trigger corrections_of_register');
  await reshape(knex, 'keep_granted', endedOnce, unlessTakenBack);
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'keep_granted', unlessTakenBack, endedOnce);
  await knex.raw('drop trigger corrections_of_register on public.corrections');
  await knex.raw('drop function public.correct_register()');
  await knex.raw('alter table public.corrections drop constraint corrections_of_register');
};
