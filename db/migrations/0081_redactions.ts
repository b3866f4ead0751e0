import type { Knex } from 'knex';
import { changing, notChanging } from './0081_redactions/changing.js';
import { notRedacting, redacting } from './0081_redactions/redacting.js';
import { storedTexts } from './0081_redactions/texts.js';
import { hidingOnTheTrail, notHidingOnTheTrail } from './0081_redactions/trail.js';
import { govern } from './govern.js';

const offices = `('data_protection', 'childrens_services', 'democratic_services', 'legal', 'monitoring_officer')`;

/**
 * A text that names a child, a family or somebody else is hidden at once and erased by two people, one of them Data
 * Protection. While it is hidden the row of its report holds it, and a mark stands wherever it stood.
 */
export const up = async (knex: Knex): Promise<void> => {
  await storedTexts(knex);
  await knex.raw(`
    create table public.redactions (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      of_kind text not null,
      of_id text not null,
      of_field text not null,
      request_id bigint null references public.requests (id) on delete cascade,
      councillor_id uuid null references public.councillors (id) on delete cascade,
      author_id uuid null references public.people (id) on delete set null,
      privileged boolean not null,
      said text null,
      hidden_mark text not null generated always as
        ('This text is hidden while Data Protection look at a report about it (' || substr(id::text, 1, 8) || ').') stored,
      erased_mark text not null generated always as
        ('This text was erased after a report about it (' || substr(id::text, 1, 8) || ').') stored,
      reasons text not null constraint redactions_reasons_check check (btrim(reasons) <> ''),
      reported_at timestamptz not null,
      reported_by uuid not null references public.people (id),
      reported_office text null,
      reported_capacity text null,
      status text not null default 'hidden'
        constraint redactions_status_check check (status in ('hidden', 'erased', 'put_back')),
      first_at timestamptz null,
      first_by uuid null references public.people (id),
      first_office text null constraint redactions_first_office_check check (first_office in ${offices}),
      first_capacity text null,
      settled_at timestamptz null,
      settled_by uuid null references public.people (id),
      settled_office text null constraint redactions_settled_office_check check (settled_office in ${offices}),
      settled_capacity text null,
      put_back_reasons text null,
      constraint redactions_said_check check ((status = 'hidden') = (said is not null)),
      constraint redactions_settled_check check (
        (status = 'hidden') = (settled_by is null) and (settled_by is null) = (settled_at is null)
        and (settled_by is null) = (settled_office is null)),
      constraint redactions_two_people check (status <> 'erased' or (first_by is not null and first_by <> settled_by)),
      constraint redactions_data_protection check (
        (status <> 'erased' or 'data_protection' in (first_office, settled_office))
        and (status <> 'put_back' or settled_office = 'data_protection')),
      constraint redactions_put_back_check check ((status = 'put_back') = (coalesce(btrim(put_back_reasons), '') <> ''))
    )`);
  await knex.raw('create index redactions_by_seq on public.redactions (seq desc)');
  await knex.raw('create index redactions_by_request on public.redactions (request_id)');
  await hidingOnTheTrail(knex);
  await changing(knex);
  await redacting(knex);
  await knex.raw(`
    create function public.forget_redaction() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform audit.forget(old.id);
      return null;
    end $$`);
  await knex.raw('revoke all on function public.forget_redaction() from public');
  // What was hidden when its matter was disposed of goes with it.
  await knex.raw(`
    create trigger redactions_forgotten after delete on public.redactions
      for each row execute function public.forget_redaction()`);
  await knex.raw('alter table public.redactions enable always trigger redactions_forgotten');
  await knex.raw(`
    insert into public.stored_texts (kind, field, held_in, held_as, id_sql, request_sql, author_sql, read_with)
      values ('redaction', 'reasons', 'redactions', 'reasons', 't.id::text', 't.request_id', 't.reported_by', 'keeping'),
        ('redaction', 'putBackReasons', 'redactions', 'put_back_reasons', 't.id::text', 't.request_id', 't.settled_by',
          'keeping')`);
  await govern(knex, 'stored_texts', ['select']);
  await govern(knex, 'redactions', ['select']);
};

export const down = async (knex: Knex): Promise<void> => {
  await notRedacting(knex);
  await notChanging(knex);
  await knex.raw('drop table public.redactions');
  await knex.raw('drop function public.forget_redaction()');
  await knex.raw('drop table public.stored_texts');
  await notHidingOnTheTrail(knex);
};
