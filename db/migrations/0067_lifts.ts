import type { Knex } from 'knex';
import { govern } from './govern.js';

const grounds = [
  'no_standing',
  'no_remit_link',
  'curiosity',
  'roving_commission',
  'alternative_sufficient',
  'collateral_purpose',
  'connection',
  'legal_bar',
  'disproportionate',
  'agreement_refused',
  'no_lawful_basis',
  'prerequisites_missing',
  'confidentiality_breach',
];

const codedGrounds = async (knex: Knex, known: readonly string[]): Promise<void> => {
  await knex.raw('alter table public.sign_offs drop constraint sign_offs_coded_check');
  await knex.raw(`
    alter table public.sign_offs add constraint sign_offs_coded_check
      check (grounds <@ array[${known.map((ground) => `'${ground}'`).join(', ')}])`);
};

/**
 * What the three offices say of lifting a council rule for one version: one word of an office on a question, through one
 * person for one office only, also beside the sign-offs of that version. It is voided once, before the decision, and stays
 * on the record. A refusal may cite a council rule as its ground.
 */
export const up = async (knex: Knex): Promise<void> => {
  await codedGrounds(knex, [...grounds, 'council_rule']);
  await knex.raw(`
    create table public.lifts (
      id uuid primary key,
      seq bigint not null generated always as identity,
      request_id bigint not null,
      version int not null,
      question text not null constraint lifts_question_check check (btrim(question) <> ''),
      office text not null
        constraint lifts_office_check check (office in ('childrens_services', 'democratic_services', 'legal')),
      outcome text not null constraint lifts_outcome_check check (outcome in ('lift', 'decline')),
      reasons text not null constraint lifts_reasons_check check (btrim(reasons) <> ''),
      person_id uuid not null references public.people (id),
      capacity text not null
        constraint lifts_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      deputy_for uuid null references public.people (id),
      at timestamptz not null,
      voided_at timestamptz null,
      voided_because text null constraint lifts_voided_check
        check (voided_because in ('edited', 'answer_changed', 'right_recorded', 'reconsidered')),
      foreign key (request_id, version)
        references public.request_versions (request_id, version) on delete cascade,
      constraint lifts_deputy_check check ((capacity = 'deputy') = (deputy_for is not null)),
      constraint lifts_void_check check ((voided_at is null) = (voided_because is null))
    )`);
  await knex.raw(`create unique index lifts_one_an_office on public.lifts (request_id, version, question, office)
    where voided_at is null`);
  await knex.raw(`create unique index lifts_one_a_person on public.lifts (request_id, version, question, person_id)
    where voided_at is null`);
  await knex.raw('create index lifts_by_request on public.lifts (request_id, seq)');
  await knex.raw(`
    create function public.keep_lift() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      request record;
    begin
      -- A decision in the making waits here, or is waited for: neither sees half of the other.
      select status, version into request from public.requests where id = new.request_id for share;
      if tg_op = 'INSERT' then
        if request.status <> 'submitted' or request.version <> new.version or new.voided_at is not null then
          raise exception 'a council rule is lifted on the version that is before the offices'
            using errcode = '23514', constraint = 'lifts_current_version', schema = 'public', table = 'lifts';
        end if;
      elsif old.voided_at is not null or new.voided_at is null
        or request.status in ('approved', 'refused', 'withdrawn')
        or (to_jsonb(new) - array['voided_at', 'voided_because'])
           <> (to_jsonb(old) - array['voided_at', 'voided_because'])
      then
        raise exception 'what an office said of a council rule is voided once, before the decision'
          using errcode = '23514', constraint = 'lifts_kept', schema = 'public', table = 'lifts';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create function public.one_office_on_a_version() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (select from public.lifts l
            where l.request_id = new.request_id and l.version = new.version and l.voided_at is null
              and l.person_id = new.person_id and l.office <> new.office)
        or exists (select from public.sign_offs s
            where s.request_id = new.request_id and s.version = new.version and s.voided_at is null
              and s.person_id = new.person_id and s.office <> new.office) then
        raise exception 'one person speaks for one office on a version'
          using errcode = '23514', constraint = 'lifts_one_office_a_person', schema = 'public', table = 'lifts';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.one_office_on_a_version() from public');
  for (const [trigger, table, on, run] of [
    ['lifts_kept', 'lifts', 'insert or update', 'keep_lift'],
    ['lifts_afresh', 'lifts', 'insert', 'sign_afresh'],
    ['lifts_confirmed', 'lifts', 'insert', 'signs_for_an_office_that_counts'],
    ['lifts_one_office', 'lifts', 'insert', 'one_office_on_a_version'],
    ['sign_offs_one_office', 'sign_offs', 'insert', 'one_office_on_a_version'],
  ] as const) {
    await knex.raw(
      `create trigger ?? before ${on} on public.?? for each row execute function public.${run}()`,
      [trigger, table],
    );
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  }
  await govern(knex, 'lifts', ['select', 'insert']);
  await knex.raw('grant update (voided_at, voided_because) on public.lifts to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger sign_offs_one_office on public.sign_offs');
  await knex.raw('drop table public.lifts');
  await knex.raw('drop function public.keep_lift(), public.one_office_on_a_version()');
  await codedGrounds(knex, grounds);
};
