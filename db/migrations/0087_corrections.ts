import type { Knex } from 'knex';
import { govern } from './govern.js';
import { listTexts, readNoMoreWith, readWith } from './listed-texts.js';

/** What may be corrected: nothing that a decision settles is among them. */
const correctable = `array['decision.reasons', 'sign_off.reasons', 'attendance.outcome', 'attendance.arrived',
  'attendance.left', 'attendance.chaperone', 'attendance.categories', 'attendance.closedPartsLeft',
  'attendance.departures', 'condition.state', 'question.response', 'request.host', 'request.manager',
  'declaration.collateralPurpose', 'declaration.connection', 'declaration.documents', 'declaration.onBehalfOf',
  'visit.chaperone', 'training.completed', 'training.expires', 'appointment.from', 'appointment.to',
  'conflict.person', 'conflict.kind', 'conflict.councillor', 'conflict.reference', 'councillor.defeat']`;

/** Where values are typed freely, by their path in the correction. */
const freely = String.raw`^(reasons|response|chaperone|onBehalfOf|departures\.\d+\.text)$`;

/**
 * Corrections of slips, beside the originals. A correction of a decision, a sign-off or an attendance waits for a second
 * person of the office; the others count at once. None is changed once it counts.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.corrections (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      of_kind text not null,
      of_id text not null,
      of_field text not null,
      request_id bigint null references public.requests (id) on delete cascade,
      visit_id uuid null references public.visits (id) on delete cascade,
      councillor_id uuid null references public.councillors (id) on delete cascade,
      office text not null constraint corrections_office_check check (office in
        ('councillor', 'childrens_services', 'democratic_services', 'legal', 'monitoring_officer', 'host')),
      confirmer text null constraint corrections_confirmer_check check (confirmer in
        ('childrens_services', 'democratic_services', 'legal', 'monitoring_officer')),
      was jsonb null,
      corrected jsonb not null,
      reasons text not null constraint corrections_reasons_check check (btrim(reasons) <> ''),
      proposed_at timestamptz not null,
      proposed_by uuid not null references public.people (id),
      proposed_capacity text not null,
      status text not null
        constraint corrections_status_check check (status in ('waiting', 'counts', 'refused', 'withdrawn')),
      settled_at timestamptz null,
      settled_by uuid null references public.people (id),
      settled_capacity text null,
      settled_reasons text null,
      constraint corrections_of_check check ((of_kind || '.' || of_field) = any (${correctable})),
      constraint corrections_corrected_check check (jsonb_typeof(corrected) = 'object' and corrected -> of_field is not null),
      constraint corrections_settled_check check (
        (settled_by is null) = (settled_at is null) and (settled_by is null) = (settled_capacity is null)
        and (status <> 'waiting' or (settled_by is null and confirmer is not null))
        and (status <> 'counts' or (settled_by is null) = (confirmer is null))
        and (status <> 'withdrawn' or settled_by = proposed_by)
        and (status = 'refused') = (coalesce(btrim(settled_reasons), '') <> '')),
      constraint corrections_two_people check (
        (of_kind not in ('decision', 'sign_off', 'attendance') or confirmer is not null)
        and (status not in ('counts', 'refused') or confirmer is null or settled_by <> proposed_by))
    )`);
  await knex.raw('create index corrections_by_seq on public.corrections (seq desc)');
  await knex.raw('create index corrections_by_request on public.corrections (request_id, seq)');
  await knex.raw('create index corrections_by_visit on public.corrections (visit_id, seq)');
  await knex.raw('create index corrections_by_councillor on public.corrections (councillor_id, seq desc)');
  await knex.raw(
    'create index corrections_by_original on public.corrections (of_kind, of_id, of_field, seq)',
  );
  await knex.raw(`
    create unique index corrections_one_waiting on public.corrections (of_kind, of_id, of_field)
      where status = 'waiting'`);
  await keeping(knex);
  // Whether somebody who recorded something still acts for the office for which they did.
  await knex.raw(`
    create function public.still_acts(who uuid, office text, at timestamptz) returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select exists (select from public.people p where p.id = still_acts.who and p.suspended_at is null
        and (still_acts.office = 'councillor' or public.acts_for(still_acts.who, still_acts.office, still_acts.at)))
    $$`);
  await knex.raw('revoke all on function public.still_acts(uuid, text, timestamptz) from public');
  await knex.raw('grant execute on function public.still_acts(uuid, text, timestamptz) to ntk_service');
  await readWith(knex, 'correction');
  const text = {
    kind: 'correction',
    held_in: 'corrections',
    id_sql: 't.id::text',
    request_sql: 't.request_id',
    councillor_sql: 't.councillor_id',
    read_with: 'correction' as const,
    read_at_sql: 't.id::text',
  };
  await listTexts(knex, () =>
    knex('stored_texts').insert([
      { ...text, field: 'corrected', held_as: 'corrected', path: freely, author_sql: 't.proposed_by' },
      { ...text, field: 'was', held_as: 'was', path: freely, author_sql: 't.proposed_by' },
      { ...text, field: 'reasons', held_as: 'reasons', author_sql: 't.proposed_by' },
      { ...text, field: 'settledReasons', held_as: 'settled_reasons', author_sql: 't.settled_by' },
    ]),
  );
  await govern(knex, 'corrections', ['select', 'insert']);
  await knex.raw(`
    grant update (status, settled_at, settled_by, settled_capacity, settled_reasons) on public.corrections
      to ntk_service`);
};

const keeping = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_correction() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      settling text[] := array['status', 'settled_at', 'settled_by', 'settled_capacity', 'settled_reasons'];
    begin
      if old.status <> 'waiting' or new.status = 'waiting'
        or (to_jsonb(new) - settling) <> (to_jsonb(old) - settling) then
        raise exception 'a correction is settled once, and changes in nothing else'
          using errcode = '23514', constraint = 'corrections_kept';
      end if;
      if new.status <> 'withdrawn' and not public.acts_for(new.settled_by, new.confirmer, new.settled_at) then
        raise exception 'who settles it acts for the office'
          using errcode = '23514', constraint = 'corrections_confirmer';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.keep_correction() from public');
  await knex.raw(`
    create trigger corrections_kept before update on public.corrections
      for each row when (not public.is_redacting()) execute function public.keep_correction()`);
  await knex.raw('alter table public.corrections enable always trigger corrections_kept');
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () => knex('stored_texts').where({ kind: 'correction' }).delete());
  await readNoMoreWith(knex, 'correction');
  await knex.raw('drop function public.still_acts(uuid, text, timestamptz)');
  await knex.raw('drop table public.corrections');
  await knex.raw('drop function public.keep_correction()');
};
