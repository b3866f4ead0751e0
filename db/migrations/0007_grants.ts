import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Grants: facts alone (window, events, conditions, ended, frozen); whether one may be used is worked out
 * when it is asked. And the default host of each observation type.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.grants (
      id uuid primary key default gen_random_uuid(),
      request_id bigint not null constraint grants_request_unique unique references public.requests (id),
      version int not null,
      sign_off_id uuid not null references public.sign_offs (id),
      window_from date not null,
      window_to date not null,
      events int not null constraint grants_events_check check (events >= 1 and events <= 3),
      events_used int not null default 0,
      categories text[] not null constraint grants_categories_check check (
        cardinality(categories) > 0 and categories <@ array['process', 'identity', 'family', 'health', 'education',
          'police', 'legal_advice', 'third_party', 'other_case']),
      made_at timestamptz not null,
      ended_at timestamptz null,
      ended_because text null
        constraint grants_ended_because_check check (ended_because in ('revoked', 'lapsed', 'completed')),
      frozen_at timestamptz null,
      constraint grants_window_check check (window_to >= window_from),
      constraint grants_used_check check (events_used >= 0 and events_used <= events),
      constraint grants_ended_check check ((ended_at is null) = (ended_because is null))
    )`);
  await knex.raw(`
    create table public.grant_conditions (
      id uuid primary key,
      grant_id uuid not null references public.grants (id),
      position int not null,
      text text not null constraint grant_conditions_text_check check (btrim(text) <> ''),
      owner text not null
        constraint grant_conditions_owner_check check (owner in ('councillor', 'childrens_services', 'host')),
      before text not null constraint grant_conditions_before_check check (before in ('attendance', 'closing')),
      state text not null default 'pending'
        constraint grant_conditions_state_check check (state in ('pending', 'met', 'breached'))
    )`);
  await knex.raw('create index grant_conditions_by_grant on public.grant_conditions (grant_id, position)');
  await knex.raw(`
    create table public.default_hosts (
      observation_type text primary key,
      host_id uuid not null references public.people (id),
      manager_id uuid not null references public.people (id),
      constraint default_hosts_distinct_check check (host_id <> manager_id)
    )`);
  await threeSignOffs(knex);
  await keepGranted(knex);
  await govern(knex, 'grants', ['select', 'insert', 'update']);
  await govern(knex, 'grant_conditions', ['select', 'insert', 'update']);
  await govern(knex, 'default_hosts');
};

/**
 * No grant and no approval without three live sign-offs by three people on the decided version, and no
 * refusal without Legal's: asked at commit, whoever writes.
 */
const threeSignOffs = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.require_sign_offs() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      request record;
      agreed int;
    begin
      if tg_table_name = 'grants' then
        select id, status, version into request from public.requests where id = new.request_id;
      else
        select id, status, version into request from public.requests where id = new.id;
      end if;
      if request.status = 'approved' then
        select count(distinct person_id) into agreed from public.sign_offs
          where request_id = request.id and version = request.version and voided_at is null
            and outcome = case office when 'legal' then 'approve' else 'agree' end;
        if agreed < 3 or not exists (
          select from public.grants g join public.sign_offs s on s.id = g.sign_off_id
          where g.request_id = request.id and g.version = request.version
            and s.request_id = request.id and s.version = request.version and s.office = 'legal'
        ) then
          raise exception 'an approval needs three sign-offs by three people on its version, and makes its grant'
            using errcode = '23514', constraint = 'approval_needs_three_sign_offs';
        end if;
      elsif tg_table_name = 'grants' then
        raise exception 'a grant belongs to an approved request'
          using errcode = '23514', constraint = 'approval_needs_three_sign_offs';
      elsif request.status = 'refused' and not exists (
        select from public.sign_offs
        where request_id = request.id and version = request.version and voided_at is null and outcome = 'refuse'
      ) then
        raise exception 'a refusal is signed by Legal, with reasons and grounds'
          using errcode = '23514', constraint = 'refusal_needs_legal';
      end if;
      return null;
    end $$`);
  await knex.raw('revoke all on function public.require_sign_offs() from public');
  for (const [table, events] of [
    ['grants', 'insert or update'],
    ['requests', 'insert or update of status'],
  ] as const) {
    const trigger = `${table}_need_sign_offs`;
    await knex.raw(
      `create constraint trigger ?? after ${events} on public.??
         deferrable initially deferred for each row execute function public.require_sign_offs()`,
      [trigger, table],
    );
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  }
};

/** What was granted is not widened, and what has ended does not begin again, behind the service's back either. */
const keepGranted = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_granted() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (to_jsonb(new) - array['events_used', 'ended_at', 'ended_because', 'frozen_at'])
           <> (to_jsonb(old) - array['events_used', 'ended_at', 'ended_because', 'frozen_at'])
        or new.events_used < old.events_used
        or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
      then
        raise exception 'a grant is used, frozen, released or ended, and changes in nothing else'
          using errcode = '23514', constraint = 'grants_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger grants_kept before update on public.grants
      for each row execute function public.keep_granted()`);
  await knex.raw('alter table public.grants enable always trigger grants_kept');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger requests_need_sign_offs on public.requests');
  for (const table of ['default_hosts', 'grant_conditions', 'grants'])
    await knex.raw('drop table public.??', [table]);
  await knex.raw('drop function public.require_sign_offs()');
  await knex.raw('drop function public.keep_granted()');
};
