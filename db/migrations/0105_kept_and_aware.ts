import type { Knex } from 'knex';
import { reshape } from './reshape.js';

const byHold = 'if exists (select from public.legal_holds h where h.councillor_id = proposal.councillor_id';
const byHoldOrAccess = `if exists (select from public.access_requests a
            where a.councillor_id = proposal.councillor_id and a.released_at is null)
          or exists (select from public.legal_holds h where h.councillor_id = proposal.councillor_id`;

/**
 * Nothing of a councillor is disposed of while their subject access request is open: erasing what it asks for is an offence
 * (Data Protection Act 2018, section 173). And no assessment of a breach says that an officer became aware of it after the
 * incident was reported, or before it happened: the time to report it would run from the wrong hour.
 */
export const up = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'dispose', byHold, byHoldOrAccess);
  await knex.raw(`
    create function public.check_aware() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (select from public.incidents i
          where i.id = new.incident_id and new.aware_at not between i.happened_at and i.reported_at) then
        raise exception 'an officer became aware of a breach between when it happened and when it was reported'
          using errcode = '23514', constraint = 'incident_assessments_aware', schema = 'public',
            table = 'incident_assessments';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_aware() from public');
  await knex.raw(`
    create trigger incident_assessments_aware before insert on public.incident_assessments
      for each row execute function public.check_aware()`);
  await knex.raw('alter table public.incident_assessments enable always trigger incident_assessments_aware');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger incident_assessments_aware on public.incident_assessments');
  await knex.raw('drop function public.check_aware()');
  await reshape(knex, 'dispose', byHoldOrAccess, byHold);
};
