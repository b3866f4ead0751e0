import type { Knex } from 'knex';

const trigger = async (knex: Knex, kind: string, name: string, does: string, when: string): Promise<void> => {
  await knex.raw(`
    create function public.correct_${kind}() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    ${does} $$`);
  await knex.raw(`revoke all on function public.correct_${kind}() from public`);
  await knex.raw(`
    create trigger ${name} after insert or update of status on public.corrections
      for each row when (${when}) execute function public.correct_${kind}()`);
  await knex.raw('alter table public.corrections enable always trigger ??', [name]);
};

const wrong = (constraint: string): string => `
        raise exception 'a correction says what stood before, and whose record it is'
          using errcode = '23514', constraint = '${constraint}';`;

/**
 * The state of a condition is corrected by one more state, as of the correction: access follows what stands. The answer to a
 * question after a visit stays as it was given. A conflict of interest that Democratic Services recorded for somebody else
 * binds as corrected once the Monitoring Officer has confirmed it; one that is contested is settled instead.
 */
export const up = async (knex: Knex): Promise<void> => {
  await trigger(
    knex,
    'condition',
    'corrections_of_conditions',
    `
    declare
      s public.grant_condition_states%rowtype;
    begin
      perform from public.grant_conditions c join public.grants g on g.id = c.grant_id
        where c.id::text = new.of_id and g.request_id = new.request_id for update of g;
      select * into s from public.grant_condition_states x where x.condition_id::text = new.of_id
        order by x.seq desc limit 1;
      if not found or new.was is distinct from jsonb_build_object('state', s.state)
        or new.office is distinct from s.office or new.status <> 'counts' or new.confirmer is not null
        or not exists (select from public.grant_conditions c join public.grants g on g.id = c.grant_id
          where c.id = s.condition_id and g.request_id = new.request_id)
      then${wrong('corrections_of_conditions')}
      end if;
      insert into public.grant_condition_states (condition_id, state, at, person_id, office, capacity)
        values (s.condition_id, new.corrected ->> 'state', new.proposed_at, new.proposed_by, new.office, new.proposed_capacity);
      return null;
    end`,
    `new.of_kind = 'condition'`,
  );
  await trigger(
    knex,
    'response',
    'corrections_of_responses',
    `
    begin
      if new.office <> 'childrens_services' or new.confirmer is not null or new.was is not null
        or not exists (select from public.visit_questions q
          where q.id::text = new.of_id and q.visit_id = new.visit_id and q.answered_at is not null)
      then${wrong('corrections_of_responses')}
      end if;
      return null;
    end`,
    `new.of_kind = 'question'`,
  );
  await trigger(
    knex,
    'conflict',
    'corrections_of_conflicts',
    `
    declare
      c public.conflicts%rowtype;
      named uuid;
    begin
      select * into c from public.conflicts x where x.id::text = new.of_id for update;
      named := case new.of_field when 'person' then (new.corrected ->> 'person')::uuid else c.person_id end;
      if c.id is null or c.ended_at is not null or c.contested_at is not null or c.recorded_by = c.person_id
        or named = c.recorded_by or new.office <> 'democratic_services'
        or new.confirmer is distinct from 'monitoring_officer' or new.of_field not in ('person', 'kind')
        or new.was is distinct from jsonb_build_object(new.of_field,
          case new.of_field when 'person' then c.person_id::text else c.kind end)
      then${wrong('corrections_of_conflicts')}
      end if;
      if new.settled_by in (c.person_id, named) then
        raise exception 'nobody settles a conflict of their own'
          using errcode = '23514', constraint = 'conflicts_of_oneself';
      end if;
      if public.is_monitoring_officer(c.person_id, (new.proposed_at at time zone 'Europe/London')::date)
        or public.is_monitoring_officer(named, (new.proposed_at at time zone 'Europe/London')::date)
      then
        raise exception 'the Chief Executive decides' using errcode = '23514', constraint = 'conflicts_chief_executive';
      end if;
      if new.status = 'counts' then
        update public.conflicts set person_id = named,
            kind = case new.of_field when 'kind' then new.corrected ->> 'kind' else c.kind end
          where id = c.id;
      end if;
      return null;
    end`,
    `new.of_kind = 'conflict' and new.status in ('waiting', 'counts')`,
  );
};

export const down = async (knex: Knex): Promise<void> => {
  for (const [kind, name] of [
    ['condition', 'corrections_of_conditions'],
    ['response', 'corrections_of_responses'],
    ['conflict', 'corrections_of_conflicts'],
  ] as const) {
    await knex.raw('drop trigger ?? on public.corrections', [name]);
    await knex.raw(`drop function public.correct_${kind}()`);
  }
};
