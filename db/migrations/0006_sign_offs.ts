import type { Knex } from 'knex';
import { govern } from './govern.js';

const grounds = `array['no_standing', 'no_remit_link', 'curiosity', 'roving_commission', 'alternative_sufficient',
  'collateral_purpose', 'connection', 'legal_bar', 'disproportionate', 'agreement_refused', 'no_lawful_basis',
  'prerequisites_missing', 'confidentiality_breach']`;

/**
 * The three seats, Legal's decision among them, in one table: one live sign-off an office and version,
 * one live sign-off a person and version. Voided ones stay on the record.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.sign_offs (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      request_id bigint not null,
      version int not null,
      office text not null
        constraint sign_offs_office_check check (office in ('childrens_services', 'democratic_services', 'legal')),
      outcome text not null
        constraint sign_offs_outcome_check check (outcome in ('agree', 'object', 'approve', 'refuse')),
      reasons text not null constraint sign_offs_reasons_check check (btrim(reasons) <> ''),
      grounds text[] not null constraint sign_offs_coded_check check (grounds <@ ${grounds}),
      conditions jsonb not null default '[]',
      person_id uuid not null references public.people (id),
      capacity text not null
        constraint sign_offs_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      deputy_for uuid null references public.people (id),
      at timestamptz not null,
      voided_at timestamptz null,
      voided_because text null
        constraint sign_offs_voided_check check (voided_because in ('edited', 'answer_changed', 'withdrawn')),
      void_reasons text null,
      foreign key (request_id, version) references public.request_versions (request_id, version),
      constraint sign_offs_decision_is_legals_check check ((office = 'legal') = (outcome in ('approve', 'refuse'))),
      constraint sign_offs_grounds_check
        check ((outcome in ('object', 'refuse')) = (coalesce(cardinality(grounds), 0) > 0)),
      constraint sign_offs_deputy_check check ((capacity = 'deputy') = (deputy_for is not null)),
      constraint sign_offs_void_check check ((voided_at is null) = (voided_because is null))
    )`);
  await knex.raw(`create unique index sign_offs_one_an_office on public.sign_offs (request_id, version, office)
    where voided_at is null`);
  await knex.raw(`create unique index sign_offs_one_a_person on public.sign_offs (request_id, version, person_id)
    where voided_at is null`);
  await knex.raw('create index sign_offs_by_request on public.sign_offs (request_id, seq)');
  await knex.raw(`
    create function public.keep_signed() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      request record;
    begin
      -- A decision in the making waits here, or is waited for: neither sees half of the other.
      select status, version into request from public.requests where id = new.request_id for share;
      if tg_op = 'INSERT' then
        if request.status <> 'submitted' or request.version <> new.version or new.voided_at is not null then
          raise exception 'a sign-off belongs to the version that is before the offices'
            using errcode = '23514', constraint = 'sign_offs_current_version';
        end if;
      elsif old.voided_at is not null or new.voided_at is null
        or request.status in ('approved', 'refused', 'withdrawn')
        or (to_jsonb(new) - array['voided_at', 'voided_because', 'void_reasons'])
           <> (to_jsonb(old) - array['voided_at', 'voided_because', 'void_reasons'])
      then
        raise exception 'a sign-off is voided once, before the decision, and changes in nothing else'
          using errcode = '23514', constraint = 'sign_offs_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger sign_offs_kept before insert or update on public.sign_offs
      for each row execute function public.keep_signed()`);
  await knex.raw('alter table public.sign_offs enable always trigger sign_offs_kept');
  await govern(knex, 'sign_offs', ['select', 'insert', 'update']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.sign_offs');
  await knex.raw('drop function public.keep_signed()');
};
