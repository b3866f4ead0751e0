import type { Knex } from 'knex';
import { govern } from './govern.js';
import { disposing } from './0019_retention/disposing.js';
import { erasing } from './0019_retention/erasing.js';
import { keeping } from './0019_retention/keeping.js';

const holder = `(office in ('legal', 'monitoring_officer', 'data_protection'))`;
const disposer = (column: string): string =>
  `check (${column} in ('democratic_services', 'data_protection'))`;

/**
 * How long what is held is kept, what a legal hold keeps longer, and its disposal by two people. The service deletes
 * nothing: it may call `public.dispose`, which asks once more who, whether it is due, and whether it is held.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.retention_schedule (
      kind text primary key
        constraint retention_schedule_kind_check check (kind in ('requests', 'councillors', 'notifications')),
      months int not null constraint retention_schedule_months_check check (months between 1 and 1200)
    )`);
  await knex.raw(
    `insert into public.retention_schedule values ('requests', 72), ('councillors', 72), ('notifications', 12)`,
  );
  // On one request, or where none is named on everything of a councillor's.
  await knex.raw(`
    create table public.legal_holds (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      councillor_id uuid not null references public.councillors (id),
      request_id bigint null references public.requests (id),
      reasons text not null constraint legal_holds_reasons_check check (btrim(reasons) <> ''),
      placed_at timestamptz not null,
      placed_by uuid not null references public.people (id),
      office text not null constraint legal_holds_office_check check ${holder},
      capacity text not null,
      lifted_at timestamptz null,
      lifted_by uuid null references public.people (id),
      lifted_office text null,
      lifted_capacity text null,
      lift_reasons text null,
      constraint legal_holds_lifted_check check (
        (lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lifted_office is null)
        and (lifted_at is null) = (lifted_capacity is null) and lifted_at >= placed_at
        and (lifted_at is null) = (coalesce(btrim(lift_reasons), '') = ''))
    )`);
  await knex.raw('create index legal_holds_by_councillor on public.legal_holds (councillor_id, seq desc)');
  await knex.raw('create index legal_holds_by_request on public.legal_holds (request_id)');
  // Neither a councillor nor a request is referenced: the certificate stays when they have gone.
  await knex.raw(`
    create table public.disposals (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      target text not null constraint disposals_target_check check (target in ('councillor', 'notifications')),
      councillor_id uuid null,
      requests bigint[] not null default '{}',
      whole boolean not null default false,
      before date null,
      status text not null default 'proposed'
        constraint disposals_status_check check (status in ('proposed', 'withdrawn', 'disposed')),
      proposed_at timestamptz not null,
      proposed_by uuid not null references public.people (id),
      proposed_office text not null constraint disposals_proposer_check ${disposer('proposed_office')},
      proposed_capacity text not null,
      settled_at timestamptz null,
      settled_by uuid null references public.people (id),
      settled_office text null constraint disposals_settler_check ${disposer('settled_office')},
      settled_capacity text null,
      certificate jsonb null,
      constraint disposals_of_check check (
        (target = 'notifications') = (before is not null)
        and (target = 'councillor' or (councillor_id is null and requests = '{}' and not whole))
        and (target = 'notifications' or status <> 'proposed' or councillor_id is not null)
        and (status <> 'disposed' or (councillor_id is null and requests = '{}'))),
      constraint disposals_settled_check check (
        (status = 'proposed') = (settled_at is null) and (settled_at is null) = (settled_by is null)
        and (settled_at is null) = (settled_office is null) and (settled_at is null) = (settled_capacity is null)
        and settled_at >= proposed_at),
      constraint disposals_certificate_check check ((status = 'disposed') = (certificate is not null)),
      constraint disposals_two_people check (status <> 'disposed' or settled_by <> proposed_by)
    )`);
  await knex.raw(`
    create unique index disposals_one_open on public.disposals (target, councillor_id) nulls not distinct
      where status = 'proposed'`);
  await knex.raw('create index disposals_by_seq on public.disposals (seq desc)');
  await noReasonOfRefusal(knex);
  await keeping(knex);
  await erasing(knex);
  await disposing(knex);
  await govern(knex, 'retention_schedule', ['select']);
  await govern(knex, 'legal_holds', ['select', 'insert', 'update']);
  await govern(knex, 'disposals', ['select', 'insert', 'update']);
};

/** Why somebody did not agree is never kept: as 0013 has it of a visit's checks, in the answers of the test as well. */
const noReasonOfRefusal = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.tells_no_refusal(question text, answer jsonb, reason jsonb) returns boolean
      language sql immutable set search_path = pg_catalog as $$
      select case when question = 'agreements' and reason is not null then not exists (
        select from jsonb_each_text(answer) said
          where said.value = 'refused' and (jsonb_typeof(reason) = 'string' or reason \\? said.key))
        else true end
    $$`);
  await knex.raw('revoke all on function public.tells_no_refusal(text, jsonb, jsonb) from public');
  await knex.raw('grant execute on function public.tells_no_refusal(text, jsonb, jsonb) to ntk_service');
  // Not asked of what stands there already: a migration loses no answer.
  await knex.raw(`
    alter table public.answers add constraint answers_no_reason_of_refusal_check
      check (public.tells_no_refusal(question, answer, reason)) not valid`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop function public.dispose(uuid, uuid, text, text, timestamptz)');
  await knex.raw('drop function public.kept_until(uuid, date, text)');
  await knex.raw('drop function audit.erase(text[], uuid, timestamptz)');
  for (const table of ['disposals', 'legal_holds', 'retention_schedule'])
    await knex.raw('drop table public.??', [table]);
  await knex.raw('alter table public.answers drop constraint answers_no_reason_of_refusal_check');
  await knex.raw('drop function public.tells_no_refusal(text, jsonb, jsonb)');
  await knex.raw('drop function public.keep_hold()');
  await knex.raw('drop function public.keep_disposal()');
};
