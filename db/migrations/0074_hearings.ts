import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * What a councillor is told before a refusal on their purpose, a personal link or their conduct, and what they answer. They
 * are told again where something new is held against them. Nobody is refused on a matter before they have answered on it, or
 * before the last day to answer is over.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.hearings (
      request_id bigint not null references public.requests (id) on delete cascade,
      version int not null,
      telling int not null constraint hearings_telling_check check (telling > 0),
      matters text[] not null
        constraint hearings_matters_check check (matters <@ array['collateral_purpose', 'connection', 'confidentiality_breach']),
      gist text not null constraint hearings_gist_check check (btrim(gist) <> ''),
      person_id uuid not null references public.people (id),
      capacity text not null
        constraint hearings_capacity_check check (capacity in ('principal', 'authorised', 'deputy')),
      told_at timestamptz not null,
      due_on date not null,
      answer text null constraint hearings_answer_check check (btrim(answer) <> ''),
      answered_at timestamptz null,
      primary key (request_id, version, telling),
      constraint hearings_about_check check (cardinality(matters) > 0),
      constraint hearings_answered_check check ((answer is null) = (answered_at is null) and answered_at >= told_at)
    )`);
  await govern(knex, 'hearings', ['select', 'insert']);
  await knex.raw('grant update (answer, answered_at) on public.hearings to ntk_service');
  await knex.raw(`
    create function public.keep_hearing() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.answered_at is not null then
        raise exception 'a hearing is answered once' using errcode = '23514', constraint = 'hearings_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger hearings_kept before update on public.hearings for each row execute function public.keep_hearing()`);
  await knex.raw('alter table public.hearings enable always trigger hearings_kept');
  await knex.raw(`
    create function public.check_heard() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.outcome = 'refuse' and new.voided_at is null
        and exists (
          select from (
            select 'confidentiality_breach' as matter where 'confidentiality_breach' = any (new.grounds)
            union all select a.question from public.answers a
              where a.request_id = new.request_id and a.version = new.version and a.confirmed
                and ((a.question = 'collateral_purpose' and a.answer = '"yes"')
                  or (a.question = 'connection' and a.answer = '"personal"'))) held
          where not exists (
            select from public.hearings h
              where h.request_id = new.request_id and h.version = new.version and held.matter = any (h.matters)
                and (h.answered_at <= new.at or (new.at at time zone 'Europe/London')::date > h.due_on)))
      then
        raise exception 'nobody is refused on their purpose, a link or their conduct unheard'
          using errcode = '23514', constraint = 'refusal_unheard', schema = 'public', table = 'sign_offs';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.check_heard() from public');
  await knex.raw(`
    create trigger refusal_heard before insert on public.sign_offs for each row execute function public.check_heard()`);
  await knex.raw('alter table public.sign_offs enable always trigger refusal_heard');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger refusal_heard on public.sign_offs');
  await knex.raw('drop function public.check_heard()');
  await knex.raw('drop table public.hearings');
  await knex.raw('drop function public.keep_hearing()');
};
