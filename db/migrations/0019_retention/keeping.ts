import type { Knex } from 'knex';

/** What the three tables hold stays so, and until when something is kept. */
export const keeping = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_hold() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      lifting text[] := array['lifted_at', 'lifted_by', 'lifted_office', 'lifted_capacity', 'lift_reasons'];
    begin
      if old.lifted_at is not null or (to_jsonb(new) - lifting) <> (to_jsonb(old) - lifting) then
        raise exception 'a legal hold is lifted once and changes in nothing else'
          using errcode = '23514', constraint = 'legal_holds_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger legal_holds_kept before update on public.legal_holds
      for each row execute function public.keep_hold()`);
  await knex.raw('alter table public.legal_holds enable always trigger legal_holds_kept');
  // A certificate is for what has gone, and says of nobody that it was theirs.
  await knex.raw(`
    create function public.keep_disposal() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      settling text[] := array['status', 'settled_at', 'settled_by', 'settled_office', 'settled_capacity',
        'certificate', 'councillor_id', 'requests'];
      whose text[] := array['councillor_id', 'requests'];
    begin
      if (to_jsonb(new) - settling) <> (to_jsonb(old) - settling)
        or (old.status <> 'proposed' and (to_jsonb(new) - whose) <> (to_jsonb(old) - whose))
        or (new.councillor_id is distinct from old.councillor_id and new.councillor_id is not null)
        or (new.requests <> old.requests and new.requests <> '{}')
        or (new.status = 'disposed' and exists (
          select from public.requests r where r.id = any (old.requests)))
        or (new.status = 'disposed' and old.whole and exists (
          select from public.councillors c where c.id = old.councillor_id))
      then
        raise exception 'a disposal is withdrawn or done once and changes in nothing else'
          using errcode = '23514', constraint = 'disposals_kept';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.keep_disposal() from public');
  await knex.raw(`
    create trigger disposals_kept before update on public.disposals
      for each row execute function public.keep_disposal()`);
  await knex.raw('alter table public.disposals enable always trigger disposals_kept');
  // As policies/retention/retention.ts has it: of the terms that began by that day, the one entered last; without a day, that one.
  await knex.raw(`
    create function public.kept_until(councillor uuid, made date, what text) returns date
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select (greatest(term.until, made) + make_interval(months => s.months))::date
        from public.retention_schedule s, (
          select (known.term->>'to')::date as until from (
            select h.seq, h.facts->'term' as term from public.register_history h where h.councillor_id = councillor
            union all
            select 0, jsonb_build_object('from', c.term_from, 'to', c.term_to) from public.councillors c
              where c.id = councillor
                and not exists (select from public.register_history h where h.councillor_id = c.id)
          ) known
          order by ((known.term->>'from')::date <= made) is true desc, known.seq desc limit 1
        ) term
        where s.kind = what and term.until is not null
    $$`);
  await knex.raw('revoke all on function public.kept_until(uuid, date, text) from public');
  await knex.raw('grant execute on function public.kept_until(uuid, date, text) to ntk_service');
};
