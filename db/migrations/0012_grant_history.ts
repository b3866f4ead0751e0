import type { Knex } from 'knex';
import { govern } from './govern.js';

const office = `(office in ('childrens_services', 'legal', 'monitoring_officer', 'democratic_services', 'host',
  'data_protection'))`;

/**
 * What befalls a grant, each with its time: conditions seen to, incidents, and the freezes they bring. A
 * state that only the newest row knows could not be judged afterwards.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.grant_condition_states (
      seq bigint generated always as identity primary key,
      condition_id uuid not null references public.grant_conditions (id),
      state text not null
        constraint grant_condition_states_state_check check (state in ('pending', 'met', 'breached')),
      at timestamptz not null,
      person_id uuid null references public.people (id),
      office text null constraint grant_condition_states_office_check check ${office},
      capacity text null
    )`);
  await knex.raw(
    'create index grant_condition_states_by_condition on public.grant_condition_states (condition_id, seq)',
  );
  await knex.raw(`
    insert into public.grant_condition_states (condition_id, state, at)
      select c.id, c.state, g.made_at from public.grant_conditions c join public.grants g on g.id = c.grant_id
      where c.state <> 'pending'`);
  await govern(knex, 'grant_condition_states', ['select', 'insert']);
  await knex.raw('alter table public.grant_conditions drop column state');
  await knex.raw('revoke update on public.grant_conditions from ntk_service');
  await incidents(knex);
  await freezes(knex);
  // Why a grant was ended, in words: never the councillor's to read.
  await knex.raw(`
    alter table public.grants
      drop column frozen_at,
      add column end_reasons text null,
      add column ended_by uuid null references public.people (id),
      add constraint grants_revoked_check
        check (ended_because is distinct from 'revoked' or coalesce(btrim(end_reasons), '') <> '')`);
  await knex.raw(keepGranted(['events_used', 'ended_at', 'ended_because', 'end_reasons', 'ended_by']));
  await knex.raw(
    'create index grants_open on public.grants (id) where ended_at is null and events_used < events',
  );
};

const incidents = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.incidents (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      what text not null constraint incidents_what_check
        check (what in ('unauthorised_access', 'outside_scope', 'other')),
      caused_by text not null constraint incidents_caused_by_check
        check (caused_by in ('councillor', 'host', 'childrens_services', 'other')),
      councillor_id uuid not null references public.councillors (id),
      request_id bigint null references public.requests (id),
      grant_id uuid null references public.grants (id),
      visit_id uuid null,
      happened_at timestamptz not null,
      text text null,
      outside text[] not null default '{}',
      reported_at timestamptz not null,
      reported_by uuid not null references public.people (id),
      office text null constraint incidents_office_check check ${office},
      capacity text null,
      closed_at timestamptz null,
      closed_by uuid null references public.people (id),
      closed_reasons text null,
      acted_by uuid[] not null default '{}',
      -- What was disclosed without any visit: of which case, what, and from when until when.
      case_reference text null constraint incidents_case_check check (case_reference ~ '[[:alnum:]]'),
      case_key text null generated always as
        (upper(regexp_replace(normalize(case_reference, nfkc), '[^[:alnum:]]', '', 'g'))) stored,
      categories text[] not null default '{}' constraint incidents_categories_check check (
        categories <@ array['process', 'identity', 'family', 'health', 'education', 'police', 'legal_advice',
          'third_party', 'other_case']),
      disclosed_from timestamptz null,
      disclosed_until timestamptz null,
      constraint incidents_disclosed_check check (case
        when disclosed_from is null
          then case_reference is null and categories = '{}' and disclosed_until is null
        else what = 'unauthorised_access' and visit_id is null and disclosed_from <= reported_at
          and (disclosed_until is null or disclosed_until between disclosed_from and reported_at) end),
      constraint incidents_not_ahead_check check (happened_at <= reported_at),
      constraint incidents_closed_check check (
        (closed_at is null) = (closed_reasons is null) and (closed_at is null) = (closed_by is null))
    )`);
  await knex.raw('create index incidents_by_councillor on public.incidents (councillor_id, seq desc)');
  await knex.raw('create index incidents_by_visit on public.incidents (visit_id) where visit_id is not null');
  await knex.raw('create index incidents_by_seq on public.incidents (seq desc)');
  await knex.raw('create index incidents_open on public.incidents (seq desc) where closed_at is null');
  await knex.raw('create index incidents_by_case on public.incidents (case_key) where case_key is not null');
  // What is generated is not there yet before a row is written: it follows from what is kept.
  await knex.raw(`
    create function public.keep_incident() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      closing text[] := array['closed_at', 'closed_by', 'closed_reasons', 'acted_by', 'case_key'];
    begin
      if old.closed_at is not null or not new.acted_by @> old.acted_by
        or (to_jsonb(new) - closing) <> (to_jsonb(old) - closing)
      then
        raise exception 'an incident is closed once and changes in nothing else'
          using errcode = '23514', constraint = 'incidents_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger incidents_kept before update on public.incidents
      for each row execute function public.keep_incident()`);
  await knex.raw('alter table public.incidents enable always trigger incidents_kept');
  await govern(knex, 'incidents', ['select', 'insert', 'update']);
};

const freezes = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.grant_freezes (
      id uuid primary key default gen_random_uuid(),
      grant_id uuid not null references public.grants (id),
      incident_id uuid not null references public.incidents (id),
      frozen_at timestamptz not null,
      released_at timestamptz null,
      released_by uuid null references public.people (id),
      release_reasons text null,
      constraint grant_freezes_unique unique (grant_id, incident_id),
      constraint grant_freezes_released_check check (
        (released_at is null) = (released_by is null) and (released_at is null) = (release_reasons is null)
        and released_at >= frozen_at)
    )`);
  await knex.raw('create index grant_freezes_by_incident on public.grant_freezes (incident_id)');
  await knex.raw(`
    create function public.keep_freeze() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.released_at is not null
        or (to_jsonb(new) - array['released_at', 'released_by', 'release_reasons'])
           <> (to_jsonb(old) - array['released_at', 'released_by', 'release_reasons'])
      then
        raise exception 'a freeze is released once and changes in nothing else'
          using errcode = '23514', constraint = 'grant_freezes_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger grant_freezes_kept before update on public.grant_freezes
      for each row execute function public.keep_freeze()`);
  await knex.raw('alter table public.grant_freezes enable always trigger grant_freezes_kept');
  await govern(knex, 'grant_freezes', ['select', 'insert', 'update']);
};

/** The trigger of 0007, over the columns that there are now. */
const keepGranted = (changing: readonly string[]): string => {
  const list = `array[${changing.map((column) => `'${column}'`).join(', ')}]`;
  return `
    create or replace function public.keep_granted() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (to_jsonb(new) - ${list}) <> (to_jsonb(old) - ${list})
        or new.events_used < old.events_used
        or (old.ended_at is not null
          and (to_jsonb(new) - 'events_used') is distinct from (to_jsonb(old) - 'events_used'))
      then
        raise exception 'a grant is used or ended, and changes in nothing else'
          using errcode = '23514', constraint = 'grants_kept';
      end if;
      return new;
    end $$`;
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index public.grants_open');
  await knex.raw('drop table public.grant_freezes');
  await knex.raw('drop function public.keep_freeze()');
  await knex.raw('drop table public.incidents');
  await knex.raw('drop function public.keep_incident()');
  await knex.raw(`
    alter table public.grant_conditions
      add column state text not null default 'pending'
        constraint grant_conditions_state_check check (state in ('pending', 'met', 'breached'))`);
  // The newest state, the trace of which stands with the change that made it.
  await knex.raw('alter table public.grant_conditions disable trigger grant_conditions_leaves_a_trace');
  await knex.raw(`
    update public.grant_conditions c set state = s.state
      from (select distinct on (condition_id) condition_id, state from public.grant_condition_states
        order by condition_id, seq desc) s
      where s.condition_id = c.id`);
  await knex.raw('alter table public.grant_conditions enable always trigger grant_conditions_leaves_a_trace');
  await knex.raw('grant update on public.grant_conditions to ntk_service');
  await knex.raw('drop table public.grant_condition_states');
  await knex.raw(
    'alter table public.grants drop column end_reasons, drop column ended_by, add column frozen_at timestamptz null',
  );
  await knex.raw(keepGranted(['events_used', 'ended_at', 'ended_because', 'frozen_at']));
};
