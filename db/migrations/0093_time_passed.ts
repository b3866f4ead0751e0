import type { Knex } from 'knex';
import { reshape } from './reshape.js';

const statuses = ['draft', 'submitted', 'returned', 'approved', 'refused', 'withdrawn'];

const statusCheck = async (knex: Knex, known: readonly string[]): Promise<void> => {
  await knex.raw('alter table public.requests drop constraint requests_status_check');
  await knex.raw(`alter table public.requests add constraint requests_status_check
    check (status in (${known.map((status) => `'${status}'`).join(', ')}))`);
};

/** Where the functions that guard a closed request name the statuses in which it is closed. */
const closed: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'keep_frozen',
    "status in ('approved', 'refused', 'withdrawn')",
    "status in ('approved', 'refused', 'withdrawn', 'time_passed')",
  ],
  [
    'keep_signed',
    "request.status in ('approved', 'refused', 'withdrawn')",
    "request.status in ('approved', 'refused', 'withdrawn', 'time_passed')",
  ],
  [
    'keep_lift',
    "request.status in ('approved', 'refused', 'withdrawn')",
    "request.status in ('approved', 'refused', 'withdrawn', 'time_passed')",
  ],
  // Like a refusal it is opened again only as a new version: a review may find that the council was late.
  ['keep_settled', "old.status = 'refused'", "old.status in ('refused', 'time_passed')"],
  [
    'keep_settled',
    "not (new.status = 'refused' and new.version = old.version)",
    'not (new.status = old.status and new.version = old.version)',
  ],
  [
    'keep_remitted',
    "old.status = 'refused' and new.status = 'submitted'",
    "old.status in ('refused', 'time_passed') and new.status = 'submitted'",
  ],
];

/**
 * A request whose window was over before anybody decided it: closed by itself, without a ground, and with the moment from
 * which it was closed. Nobody closes one whose window is not over, and nobody signs one whose window is. A remitted
 * request and a request for papers are not closed by their window alone: the service weighs those.
 */
export const up = async (knex: Knex): Promise<void> => {
  await statusCheck(knex, [...statuses, 'time_passed']);
  await knex.raw('alter table public.requests add column time_passed_at timestamptz null');
  await knex.raw(`alter table public.requests add constraint requests_time_passed_check
    check (status <> 'time_passed' or (time_passed_at is not null and due_on is null))`);
  await knex.raw('grant update (time_passed_at) on public.requests to ntk_service');
  for (const [name, before, after] of closed) await reshape(knex, name, before, after);
  await knex.raw(`
    create function public.window_ends(of_request bigint, of_version int) returns date
      language sql stable set search_path = pg_catalog as $$
        select (v.content->'window'->>'to')::date from public.request_versions v
          where v.request_id = of_request and v.version = of_version $$`);
  await knex.raw(`
    create function public.keep_until_over() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.status = 'time_passed' and old.status <> 'time_passed'
        and (old.status not in ('submitted', 'returned') or new.version <> old.version or coalesce(
          public.window_ends(new.id, new.version) >= (new.time_passed_at at time zone 'Europe/London')::date, true))
      then
        raise exception 'time closes a request only once its window is over' using errcode = '23514',
          constraint = 'requests_time_passed', schema = 'public', table = 'requests';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create function public.sign_in_time() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (new.at at time zone 'Europe/London')::date > public.window_ends(new.request_id, new.version)
        and exists (select from public.requests r where r.id = new.request_id and r.remitted_at is null
          and r.observation_type is distinct from 'document_inspection')
      then
        raise exception 'nobody signs once the window is over' using errcode = '23514',
          constraint = 'sign_offs_in_time', schema = 'public', table = 'sign_offs';
      end if;
      return new;
    end $$`);
  for (const [trigger, table, on, run] of [
    ['requests_time_passed', 'requests', 'update', 'keep_until_over'],
    ['sign_offs_in_time', 'sign_offs', 'insert', 'sign_in_time'],
  ] as const) {
    await knex.raw(
      `create trigger ?? before ${on} on public.?? for each row execute function public.${run}()`,
      [trigger, table],
    );
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  }
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger sign_offs_in_time on public.sign_offs');
  await knex.raw('drop trigger requests_time_passed on public.requests');
  await knex.raw(
    'drop function public.sign_in_time(), public.keep_until_over(), public.window_ends(bigint, int)',
  );
  for (const [name, before, after] of closed.toReversed()) await reshape(knex, name, after, before);
  await knex.raw('alter table public.requests drop column time_passed_at');
  await statusCheck(knex, statuses);
};
