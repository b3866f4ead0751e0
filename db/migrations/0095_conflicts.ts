import type { Knex } from 'knex';
import { listTexts, readNoMoreWith, readWith } from './listed-texts.js';

const texts = [
  ['reasons', 'reasons', 't.recorded_by'],
  ['authority', 'authority', 't.recorded_by'],
  ['contestReasons', 'contest_reasons', 't.person_id'],
  ['settleReasons', 'settle_reasons', 't.settled_by'],
  ['settleAuthority', 'settle_authority', 't.settled_by'],
  ['endReasons', 'end_reasons', 't.ended_by'],
  ['endAuthority', 'end_authority', 't.ended_by'],
] as const;

const changing = [
  'contested_at',
  'contest_reasons',
  'settled_at',
  'settled_by',
  'settled_outcome',
  'settle_reasons',
  'settle_authority',
  'ended_at',
  'ended_by',
  'end_reasons',
  'end_authority',
];

/** A conflict has reasons, is contested by the person, settled and ended: each once, and in that order. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.conflicts
      add column seq bigint generated always as identity unique,
      add column reasons text null,
      add column authority text null,
      add column contested_at timestamptz null,
      add column contest_reasons text null,
      add column settled_at timestamptz null,
      add column settled_by uuid null references public.people (id),
      add column settled_outcome text null
        constraint conflicts_settled_outcome_check check (settled_outcome in ('upheld', 'ended')),
      add column settle_reasons text null,
      add column settle_authority text null,
      add column ended_at timestamptz null,
      add column ended_by uuid null references public.people (id),
      add column end_reasons text null,
      add column end_authority text null,
      add constraint conflicts_contested_check check (num_nonnulls(contested_at, contest_reasons) in (0, 2)),
      add constraint conflicts_settled_check check (
        num_nonnulls(settled_at, settled_by, settled_outcome, settle_reasons) in (0, 4)
        and (settled_at is null or contested_at is not null)
        and (settled_outcome is distinct from 'ended' or ended_at is not null)),
      add constraint conflicts_ended_check check (num_nonnulls(ended_at, ended_by) in (0, 2)
        and (ended_at is null or num_nonnulls(end_reasons, settle_reasons) > 0)),
      add constraint conflicts_of_oneself check (
        settled_by is distinct from person_id
        and (ended_by is distinct from person_id or recorded_by = person_id))`);
  await knex.raw('create index conflicts_by_person on public.conflicts (person_id, seq desc)');
  await knex.raw(
    `create index conflicts_contested on public.conflicts (contested_at)
       where contested_at is not null and settled_at is null and ended_at is null`,
  );
  await knex.raw(`
    create function public.is_monitoring_officer(who uuid, day date) returns boolean
      language sql stable set search_path = pg_catalog, pg_temp as $$
      select exists (select from public.offices_held h
        where h.person_id = who and h.office = 'monitoring_officer' and h.confirmed
          and (h.from_date is null or h.from_date <= day) and (h.to_date is null or h.to_date >= day))
    $$`);
  await knex.raw(`
    create function public.conflict_goes_one_way() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      at timestamptz;
      cited text;
    begin
      if tg_op = 'INSERT' then
        if new.recorded_by is null or new.recorded_by = new.person_id then return new; end if;
        if coalesce(btrim(new.reasons), '') = '' then
          raise exception 'a conflict of somebody else has reasons' using errcode = '23514', constraint = 'conflicts_reasoned';
        end if;
        at := new.recorded_at;
        cited := new.authority;
      else
        if old.ended_at is not null and (new.ended_at, new.ended_by) is distinct from (old.ended_at, old.ended_by)
          or old.ended_at is not null and (old.contested_at, old.settled_at, old.settled_outcome)
            is distinct from (new.contested_at, new.settled_at, new.settled_outcome)
          or old.contested_at is not null and new.contested_at is distinct from old.contested_at
          or old.settled_at is not null and (new.settled_at, new.settled_by, new.settled_outcome)
            is distinct from (old.settled_at, old.settled_by, old.settled_outcome)
        then
          raise exception 'it is over' using errcode = '23514', constraint = 'conflicts_kept';
        end if;
        if new.settled_at is not null and old.settled_at is null then
          at := new.settled_at;
          cited := new.settle_authority;
        elsif new.ended_at is not null and old.ended_at is null then
          at := new.ended_at;
          cited := new.end_authority;
        end if;
        if at is null or old.recorded_by = old.person_id then return new; end if;
      end if;
      if coalesce(btrim(cited), '') = ''
        and public.is_monitoring_officer(new.person_id, (at at time zone 'Europe/London')::date)
      then
        raise exception 'the Chief Executive decides' using errcode = '23514', constraint = 'conflicts_chief_executive';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.conflict_goes_one_way() from public');
  await knex.raw('revoke all on function public.is_monitoring_officer(uuid, date) from public');
  await knex.raw('grant execute on function public.is_monitoring_officer(uuid, date) to ntk_service');
  await knex.raw(`
    create trigger conflicts_one_way before insert or update on public.conflicts
      for each row execute function public.conflict_goes_one_way()`);
  await knex.raw('alter table public.conflicts enable always trigger conflicts_one_way');
  await knex.raw(`grant update (${changing.join(', ')}) on public.conflicts to ntk_service`);
  await readWith(knex, 'conflict');
  for (const [field, column, author] of texts)
    await listTexts(knex, () =>
      knex.raw(
        `insert into public.stored_texts (kind, field, held_in, held_as, id_sql, request_sql, councillor_sql, author_sql,
             read_with, read_at_sql)
           values ('conflict', ?, 'conflicts', ?, 't.id::text',
             '(select r.id from public.requests r where r.reference = t.reference)', 't.councillor_id', ?,
             'conflict', 't.id::text')`,
        [field, column, author],
      ),
    );
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () => knex.raw(`delete from public.stored_texts where kind = 'conflict'`));
  await readNoMoreWith(knex, 'conflict');
  await knex.raw('drop trigger conflicts_one_way on public.conflicts');
  await knex.raw('drop function public.conflict_goes_one_way()');
  await knex.raw('drop function public.is_monitoring_officer(uuid, date)');
  await knex.raw('drop index public.conflicts_by_person');
  await knex.raw(
    `alter table public.conflicts ${['seq', 'reasons', 'authority', ...changing]
      .map((column) => `drop column ${column}`)
      .join(', ')}`,
  );
};
