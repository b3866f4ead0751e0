import type { Knex } from 'knex';
import { govern } from './govern.js';
import { listTexts } from './listed-texts.js';
import { reshape } from './reshape.js';

const outcomes = ['upheld', 'remitted', 'superseded'];

const outcomeCheck = async (knex: Knex, known: readonly string[]): Promise<void> => {
  await knex.raw('alter table public.reviews drop constraint reviews_outcome_check');
  await knex.raw(`alter table public.reviews add constraint reviews_outcome_check
    check (outcome in (${known.map((outcome) => `'${outcome}'`).join(', ')}))`);
};

/** The guard of a review, of 0014 and 0090: accepted late once, and by nobody who signed or ended it. */
const reviewGuard: readonly (readonly [before: string, after: string])[] = [
  [
    'if new.outcome is not null or not (exists (',
    'if new.outcome is not null or new.accepted_at is not null or not (exists (',
  ],
  [
    'if (old.outcome is not null',
    `if (old.accepted_at is not null and (new.accepted_at, new.accepted_by, new.accept_reasons)
          is distinct from (old.accepted_at, old.accepted_by, old.accept_reasons))
        or (old.outcome is not null`,
  ],
  [
    `'deputy_for', 'afresh_id']`,
    `'deputy_for', 'afresh_id', 'accepted_at', 'accepted_by', 'accept_reasons']`,
  ],
  [`if new.outcome in ('upheld', 'remitted') and (exists (`, 'if (exists ('],
  [
    's.person_id = new.decided_by)',
    `s.person_id in (new.accepted_by,
          case when new.outcome in ('upheld', 'remitted', 'too_late') then new.decided_by end))`,
  ],
  [
    'g.ended_by = new.decided_by)',
    `g.ended_by in (new.accepted_by,
          case when new.outcome in ('upheld', 'remitted', 'too_late') then new.decided_by end))`,
  ],
];

/** What was refused is opened again by a review, a direction or a remittal that nobody asked for. */
const remittedGuard = [
  `or exists (select from public.directions d where d.request_id = new.id and d.version = old.version))`,
  `or exists (select from public.directions d where d.request_id = new.id and d.version = old.version)
          or exists (select from public.remittals m where m.request_id = new.id and m.version = old.version))`,
] as const;

/** Who remitted a refusal unasked does not sign it afresh. */
const afreshGuard = [
  `or exists (select from public.requests r where r.id = new.request_id and new.person_id = any (r.decided_before))`,
  `or exists (select from public.requests r where r.id = new.request_id and new.person_id = any (r.decided_before))
      or exists (
        select from public.remittals m join public.requests r on r.id = m.request_id
        where m.request_id = new.request_id and m.remitted_by = new.person_id and m.version <= r.remitted_from)`,
] as const;

const own = `case when new.status in ('submitted', 'returned', 'refused', 'approved')`;
const ownOrPassed = `case when new.status in ('submitted', 'returned', 'refused', 'approved', 'time_passed')`;

/**
 * A review that is asked for late waits until somebody accepts or refuses it, with reasons. Legal or the Monitoring Officer
 * remit a refusal that nobody asked them to look at again. And the review of what time closed has a day of its own, as every
 * review has, so that people are reminded of it and a missed one escalates (need-to-know.md, sections 4 and 7).
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.reviews
      add column late_because text null constraint reviews_late_because_check check (btrim(late_because) <> ''),
      add column accepted_at timestamptz null,
      add column accepted_by uuid null references public.people (id),
      add column accept_reasons text null constraint reviews_accept_reasons_check check (btrim(accept_reasons) <> ''),
      add constraint reviews_late_check check (
        num_nonnulls(accepted_at, accepted_by, accept_reasons) in (0, 3)
        and (late_because is not null or accepted_at is null) and accepted_at >= asked_at
        and case when late_because is null then outcome is distinct from 'too_late'
          when accepted_at is null then coalesce(outcome, 'too_late') in ('too_late', 'superseded')
          else outcome is distinct from 'too_late' end)`);
  await outcomeCheck(knex, [...outcomes, 'too_late']);
  await knex.raw('grant update (accepted_at, accepted_by, accept_reasons) on public.reviews to ntk_service');
  for (const [before, after] of reviewGuard) await reshape(knex, 'keep_reviewed', before, after);
  await remittals(knex);
  await knex.raw('alter table public.requests drop constraint requests_time_passed_check');
  await knex.raw(`alter table public.requests add constraint requests_time_passed_check
    check (status <> 'time_passed' or time_passed_at is not null)`);
  await reshape(knex, 'due_days_of_request', own, ownOrPassed, 'runtime');
};

const remittals = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.remittals (
      id uuid primary key default gen_random_uuid(),
      request_id bigint not null references public.requests (id) on delete cascade,
      version int not null,
      reasons text not null constraint remittals_reasons_check check (btrim(reasons) <> ''),
      own_because text null constraint remittals_own_because_check check (btrim(own_because) <> ''),
      remitted_at timestamptz not null,
      remitted_by uuid not null references public.people (id),
      capacity text not null constraint remittals_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      deputy_for uuid null references public.people (id),
      constraint remittals_one_a_refusal unique (request_id, version)
    )`);
  await govern(knex, 'remittals', ['select', 'insert']);
  await knex.raw(`
    create function public.check_remittal() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if not exists (select from public.requests r
          where r.id = new.request_id and r.status = 'refused' and r.version = new.version)
        or exists (select from public.reviews v
          where v.request_id = new.request_id and v.version = new.version and v.outcome is null)
      then
        raise exception 'a refusal is remitted unasked while no review of it waits' using errcode = '23514',
          constraint = 'remittals_of_refusals', schema = 'public', table = 'remittals';
      end if;
      if new.own_because is null and exists (select from public.sign_offs s
          where s.request_id = new.request_id and s.person_id = new.remitted_by)
      then
        raise exception 'who signed it says why they remit it themselves' using errcode = '23514',
          constraint = 'remittals_own', schema = 'public', table = 'remittals';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_remittal() from public');
  await knex.raw(`
    create trigger remittals_checked before insert on public.remittals
      for each row execute function public.check_remittal()`);
  await knex.raw('alter table public.remittals enable always trigger remittals_checked');
  await reshape(knex, 'keep_remitted', ...remittedGuard);
  await reshape(knex, 'sign_afresh', ...afreshGuard);
  await listTexts(knex, () =>
    knex.raw(`insert into public.stored_texts
        (kind, field, held_in, held_as, id_sql, request_sql, councillor_sql, author_sql, read_with, read_at_sql)
      select 'review', said.field, 'reviews', said.held_as, r.id_sql, r.request_sql, r.councillor_sql, said.author_sql,
          r.read_with, r.read_at_sql
        from public.stored_texts r, (values
          ('lateBecause', 'late_because', 't.asked_by'),
          ('acceptReasons', 'accept_reasons', 't.accepted_by')) said (field, held_as, author_sql)
        where r.kind = 'review' and r.field = 'reasons'
      union all select 'remittal', said.field, 'remittals', said.held_as, d.id_sql, d.request_sql, d.councillor_sql,
          't.remitted_by', d.read_with, d.read_at_sql
        from public.stored_texts d, (values ('reasons', 'reasons'), ('ownBecause', 'own_because')) said (field, held_as)
        where d.kind = 'direction' and d.field = 'body'`),
  );
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'due_days_of_request', ownOrPassed, own, 'runtime');
  await knex.raw(`alter table public.requests drop constraint requests_time_passed_check`);
  await knex.raw(`alter table public.requests add constraint requests_time_passed_check
    check (status <> 'time_passed' or (time_passed_at is not null and due_on is null))`);
  await listTexts(knex, () =>
    knex.raw(`delete from public.stored_texts
      where held_in = 'remittals' or (kind = 'review' and field in ('lateBecause', 'acceptReasons'))`),
  );
  await reshape(knex, 'sign_afresh', afreshGuard[1], afreshGuard[0]);
  await reshape(knex, 'keep_remitted', remittedGuard[1], remittedGuard[0]);
  await knex.raw('drop table public.remittals');
  await knex.raw('drop function public.check_remittal()');
  for (const [before, after] of reviewGuard.toReversed()) await reshape(knex, 'keep_reviewed', after, before);
  await outcomeCheck(knex, outcomes);
  await knex.raw(`alter table public.reviews drop column late_because, drop column accepted_at, drop column accepted_by,
    drop column accept_reasons`);
};
