import type { Knex } from 'knex';

/**
 * The hearing before an end of what an incident froze goes round neither by a release nor by a cause without a fact: a
 * freeze counts while it lasts or its incident is open, and to protect others a check or a withdrawal must have ended a visit.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(
    checkEndHeard(
      '(f.released_at is null or i.closed_at is null)',
      `not (new.end_cause is not distinct from 'to_protect_others' and exists (
        select from public.visits v where v.grant_id = new.id
          and v.ended_because in ('blocked', 'withdrawn') and v.ended_at <= new.ended_at))`,
    ),
  );
};

/** The trigger of 0092. */
const checkEndHeard = (counts: string, asks: string): string => `
  create or replace function public.check_end_heard() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    if ${asks} and exists (
      select from public.grant_freezes f join public.incidents i on i.id = f.incident_id
        where f.grant_id = new.id and ${counts}
        and not exists (
          select from public.incident_hearings h where h.incident_id = f.incident_id
            and (h.answered_at <= new.ended_at
              or (new.ended_at at time zone 'Europe/London')::date > h.due_on)))
    then
      raise exception 'what an incident froze is not ended before the councillor could answer'
        using errcode = '23514', constraint = 'end_unheard', schema = 'public', table = 'grants';
    end if;
    return new;
  end $$`;

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(
    checkEndHeard('f.released_at is null', `new.end_cause is distinct from 'to_protect_others'`),
  );
};
