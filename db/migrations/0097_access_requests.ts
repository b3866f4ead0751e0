import type { Knex } from 'knex';
import { holding, notHolding } from './0097_access_requests/holding.js';
import { notTexts, texts } from './0097_access_requests/texts.js';
import { govern } from './govern.js';

const exemptions = `('crime', 'legal_proceedings', 'regulatory', 'standards_regulators', 'rights_of_others', 'privilege', 'management',
  'negotiations', 'confidential_references', 'exam_scripts', 'health', 'social_work', 'education', 'child_abuse')`;

/**
 * Subject access requests on record: what one person of Data Protection marks passage by passage, and a second one
 * releases. Marks may change until then; the released file holds what was disclosed and does not change any more.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.access_requests (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity unique,
      councillor_id uuid not null references public.councillors (id) on delete cascade,
      received_on date not null,
      asked_by text not null constraint access_requests_asked_by_check check (btrim(asked_by) <> ''),
      opened_at timestamptz not null,
      opened_by uuid not null references public.people (id),
      extended_at timestamptz null,
      extended_by uuid null references public.people (id),
      extended_reasons text null,
      released_at timestamptz null,
      released_by uuid null references public.people (id),
      released_capacity text null constraint access_requests_released_capacity_check
        check (released_capacity in ('principal', 'authorised', 'deputy')),
      constraint access_requests_extended_check check (
        (extended_at is null) = (extended_by is null)
        and (extended_at is null) = (coalesce(btrim(extended_reasons), '') = '')),
      constraint access_requests_released_check check (
        (released_at is null) = (released_by is null) and (released_at is null) = (released_capacity is null))
    )`);
  await knex.raw('create index access_requests_by_councillor on public.access_requests (councillor_id)');
  await knex.raw(
    'create index access_requests_open on public.access_requests (seq) where released_at is null',
  );
  const weighed = (prefix: string): string => `
      mark text not null constraint ${prefix}_mark_check check (mark in ('disclose', 'redact', 'withhold')),
      exemption text null constraint ${prefix}_exemption_check check (exemption in ${exemptions}),
      instead text null,
      marked_by uuid not null references public.people (id),
      marked_at timestamptz not null,
      constraint ${prefix}_exempt check ((mark = 'disclose') = (exemption is null)),
      constraint ${prefix}_instead check ((mark = 'redact') = (coalesce(btrim(instead), '') <> ''))`;
  // What was weighed, by the hash of what was shown: a passage that has changed since has no mark.
  await knex.raw(`
    create table public.access_marks (
      access_request_id uuid not null references public.access_requests (id) on delete cascade,
      passage text not null,
      fingerprint text not null,
      ${weighed('access_marks')},
      primary key (access_request_id, passage)
    )`);
  await knex.raw(`
    create table public.access_passages (
      id uuid primary key default gen_random_uuid(),
      access_request_id uuid not null references public.access_requests (id) on delete cascade,
      councillor_id uuid not null references public.councillors (id) on delete cascade,
      place int not null,
      request_id bigint null references public.requests (id) on delete cascade,
      kind text not null,
      field text null,
      said text null,
      facts jsonb null,
      ${weighed('access_passages')},
      unique (access_request_id, place),
      constraint access_passages_disclosed check (mark = 'disclose' or (said is null and facts is null))
    )`);
  await knex.raw('create index access_passages_by_councillor on public.access_passages (councillor_id)');
  await knex.raw('create index access_passages_by_request on public.access_passages (request_id)');
  await knex.raw(`
    create function public.access_requests_kept() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if old.released_at is not null or (old.extended_at is not null and new.extended_at is distinct from old.extended_at)
        or (new.councillor_id, new.received_on, new.asked_by, new.opened_at, new.opened_by)
          is distinct from (old.councillor_id, old.received_on, old.asked_by, old.opened_at, old.opened_by)
      then
        raise exception 'it is over' using errcode = '23514', constraint = 'access_requests_kept';
      end if;
      if new.released_at is not null then
        if not public.acts_for(new.released_by, 'data_protection', new.released_at) then
          raise exception 'Data Protection release it' using errcode = '23514', constraint = 'access_requests_releaser';
        end if;
        if not exists (select from public.access_passages p where p.access_request_id = new.id) then
          raise exception 'nothing is marked' using errcode = '23514', constraint = 'access_passages_mark_missing';
        end if;
        if exists (select from public.access_passages p
            where p.access_request_id = new.id and p.marked_by = new.released_by) then
          raise exception 'two people' using errcode = '23514', constraint = 'access_requests_two_people';
        end if;
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger access_requests_kept before update on public.access_requests
      for each row when (not public.is_redacting()) execute function public.access_requests_kept()`);
  // A mark, or a passage of the file, comes before the release.
  await knex.raw(`
    create function public.access_frozen() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (select from public.access_requests a
          where a.id = new.access_request_id and a.released_at is not null) then
        raise exception 'it is released' using errcode = '23514', constraint = 'access_requests_kept';
      end if;
      return new;
    end $$`);
  for (const table of ['access_marks', 'access_passages'])
    await knex.raw(`
      create trigger ${table}_frozen before insert or update on public.${table}
        for each row when (not public.is_redacting()) execute function public.access_frozen()`);
  for (const [table, trigger] of [
    ['access_requests', 'access_requests_kept'],
    ['access_marks', 'access_marks_frozen'],
    ['access_passages', 'access_passages_frozen'],
  ] as const)
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  for (const called of ['access_requests_kept()', 'access_frozen()'])
    await knex.raw(`revoke all on function public.${called} from public`);
  await govern(knex, 'access_requests', ['select', 'insert']);
  await knex.raw(`grant update (extended_at, extended_by, extended_reasons, released_at, released_by, released_capacity)
    on public.access_requests to ntk_service`);
  await govern(knex, 'access_marks', ['select', 'insert', 'update', 'delete']);
  await govern(knex, 'access_passages', ['select', 'insert']);
  await texts(knex);
  await holding(knex);
};

export const down = async (knex: Knex): Promise<void> => {
  await notHolding(knex);
  await notTexts(knex);
  for (const table of ['access_passages', 'access_marks', 'access_requests'])
    await knex.raw('drop table public.??', [table]);
  await knex.raw('drop function public.access_frozen()');
  await knex.raw('drop function public.access_requests_kept()');
};
