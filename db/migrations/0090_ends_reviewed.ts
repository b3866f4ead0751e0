import type { Knex } from 'knex';

/**
 * An end that the council made may be reviewed like a refusal. Where it is set aside nothing is revived: a new request with
 * the same text is decided afresh, and nobody signs it who signed, ended or reviewed what came before.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`alter table public.requests add column decided_before uuid[] not null default '{}'`);
  await knex.raw(`
    alter table public.reviews
      add column afresh_id bigint null constraint reviews_afresh_unique unique
        references public.requests (id) on delete set null`);
  await knex.raw('grant update (afresh_id) on public.reviews to ntk_service');
  await knex.raw(keepReviewed(true));
  await knex.raw(signAfresh(true));
  await knex.raw(keepRemitted(true));
};

const decided = ['outcome', 'decision_reasons', 'decided_at', 'decided_by', 'capacity', 'deputy_for'];

/** The trigger of 0014. */
const keepReviewed = (ofEnds: boolean): string => {
  const changing = `array[${[...decided, ...(ofEnds ? ['afresh_id'] : [])].map((column) => `'${column}'`).join(', ')}]`;
  const orEnded = `or exists (
          select from public.requests r
            where r.id = new.request_id and r.status = 'time_passed' and r.version = new.version)
        or exists (
          select from public.requests r join public.grants g on g.request_id = r.id
            where r.id = new.request_id and r.status = 'approved' and g.version = new.version
              and (g.ended_because = 'revoked' or (g.ended_because = 'lapsed' and r.observation_type = 'childs_journey')))`;
  const orEnder = `or exists (
        select from public.grants g where g.request_id = new.request_id and g.ended_by = new.decided_by)`;
  // What is decided afresh is noted with the decision, or a moment after it; it goes with its own disposal.
  const onceDecided = `(old.outcome is not null
          and ((to_jsonb(new) - 'afresh_id') <> (to_jsonb(old) - 'afresh_id')
            or (old.afresh_id is not null and new.afresh_id is not null)))`;
  return `
    create or replace function public.keep_reviewed() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.outcome is not null or not (exists (
          select from public.requests r
            where r.id = new.request_id and r.status = 'refused' and r.version = new.version) ${ofEnds ? orEnded : ''})
        then
          raise exception 'a review is asked for of what is refused or was ended, before it is decided'
            using errcode = '23514', constraint = 'reviews_kept';
        end if;
        return new;
      end if;
      if ${ofEnds ? onceDecided : 'old.outcome is not null'}
        or (to_jsonb(new) - ${changing}) <> (to_jsonb(old) - ${changing})
      then
        raise exception 'a review is decided once' using errcode = '23514', constraint = 'reviews_kept';
      end if;
      if new.outcome in ('upheld', 'remitted') and (exists (
        select from public.sign_offs s where s.request_id = new.request_id and s.person_id = new.decided_by)
        ${ofEnds ? orEnder : ''})
      then
        raise exception 'nobody reviews what they signed' using errcode = '23514', constraint = 'reviews_by_another';
      end if;
      return new;
    end $$`;
};

/** The trigger of 0014. */
const signAfresh = (ofEnds: boolean): string => `
    create or replace function public.sign_afresh() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (
        select from public.sign_offs s join public.requests r on r.id = s.request_id
        where s.request_id = new.request_id and s.person_id = new.person_id and s.version <= r.remitted_from)
      or exists (
        select from public.reviews v join public.requests r on r.id = v.request_id
        where v.request_id = new.request_id and v.decided_by = new.person_id and v.outcome = 'remitted'
          and v.version <= r.remitted_from)
      ${ofEnds ? 'or exists (select from public.requests r where r.id = new.request_id and new.person_id = any (r.decided_before))' : ''}
      then
        raise exception 'what was remitted is signed by others'
          using errcode = '23514', constraint = 'sign_offs_afresh';
      end if;
      return new;
    end $$`;

/** The trigger of 0014: what is decided afresh after an end is remitted from its first version on. */
const keepRemitted = (ofEnds: boolean): string => `
    create or replace function public.keep_remitted() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if tg_op = 'INSERT' then
        if new.remitted_from is null ${ofEnds ? 'or (new.remitted_from = 0 and cardinality(new.decided_before) > 0)' : ''}
        then return new; end if;
      elsif old.status = 'refused' and new.status = 'submitted' then
        if new.remitted_from is not distinct from old.version and (
          exists (select from public.reviews v where v.request_id = new.id and v.version = old.version
            and v.outcome in ('remitted', 'superseded'))
          or exists (select from public.directions d where d.request_id = new.id and d.version = old.version))
        then
          return new;
        end if;
      elsif (new.remitted_from, new.remitted_at) is not distinct from (old.remitted_from, old.remitted_at) then
        return new;
      end if;
      raise exception 'what was refused is opened again by a review or a direction'
        using errcode = '23514', constraint = 'requests_remitted';
    end $$`;

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(keepRemitted(false));
  await knex.raw(signAfresh(false));
  await knex.raw(keepReviewed(false));
  await knex.raw('alter table public.reviews drop column afresh_id');
  await knex.raw('alter table public.requests drop column decided_before');
};
