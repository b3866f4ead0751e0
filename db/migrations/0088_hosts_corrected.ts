import type { Knex } from 'knex';

/**
 * A host, or the host’s line manager, who was named wrongly is corrected, also after the grant. The correction keeps who was
 * named before, and alone changes who hosts from now on: the request, and the questions of its visits that wait for an
 * answer. Nobody who signed the request takes either place.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.correct_host() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      r public.requests%rowtype;
      before uuid;
      named uuid := (new.corrected ->> new.of_field)::uuid;
    begin
      select * into r from public.requests where id = new.request_id for no key update;
      before := case new.of_field when 'host' then r.host_id else r.manager_id end;
      if new.of_id is distinct from r.reference or before is null or r.status not in ('submitted', 'approved')
        or new.office <> 'childrens_services' or new.status <> 'counts' or new.confirmer is not null
        or new.was is distinct from jsonb_build_object(new.of_field, before) then
        raise exception 'a correction of a host names who was named before'
          using errcode = '23514', constraint = 'corrections_of_hosts';
      end if;
      if named = any (r.decided_before)
        or exists (select from public.sign_offs s where s.request_id = r.id and s.person_id = named) then
        raise exception 'who signed a request neither hosts it nor manages who does'
          using errcode = '23514', constraint = 'hosts_unsigned';
      end if;
      if new.of_field = 'manager' then
        update public.requests set manager_id = named where id = r.id;
        return null;
      end if;
      -- What somebody recorded as its host stays; they read it no more.
      update public.requests set host_id = named, acted_by = array_remove(acted_by, before) where id = r.id;
      update public.visit_questions q set owner_id = named
        from public.visits v join public.grants g on g.id = v.grant_id
        where v.id = q.visit_id and g.request_id = r.id and q.owner_id = before and q.answered_at is null;
      return null;
    end $$`);
  await knex.raw('revoke all on function public.correct_host() from public');
  await knex.raw(`
    create trigger corrections_of_hosts after insert on public.corrections
      for each row when (new.of_kind = 'request') execute function public.correct_host()`);
  // Once somebody has signed, nothing but a correction changes who hosts.
  await knex.raw(`
    create function public.keep_host() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if (new.status = 'approved'
          or exists (select from public.sign_offs s where s.request_id = new.id and s.voided_at is null))
        and exists (select from (values ('host', old.host_id, new.host_id), ('manager', old.manager_id, new.manager_id))
            as one (field, before, named)
          where one.before <> one.named and one.named::text is distinct from (
            select c.corrected ->> one.field from public.corrections c
              where c.of_kind = 'request' and c.of_id = new.reference and c.of_field = one.field
              order by c.seq desc limit 1)) then
        raise exception 'who hosts is corrected once somebody has signed'
          using errcode = '23514', constraint = 'hosts_kept';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.keep_host() from public');
  await knex.raw(`
    create trigger hosts_kept before update of host_id, manager_id on public.requests
      for each row when (old.host_id is distinct from new.host_id or old.manager_id is distinct from new.manager_id)
      execute function public.keep_host()`);
  for (const [table, trigger] of [
    ['corrections', 'corrections_of_hosts'],
    ['requests', 'hosts_kept'],
  ] as const)
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  await knex.raw(
    keepQuestion(`(to_jsonb(new) - answer - 'owner_id') <> (to_jsonb(old) - answer - 'owner_id')
        or (new.owner_id <> old.owner_id and new.owner_id is distinct from (
          select r.host_id from public.visits v join public.grants g on g.id = v.grant_id
            join public.requests r on r.id = g.request_id where v.id = new.visit_id))`),
  );
};

/** A question waits for the host: whoever hosts from now on. */
const keepQuestion = (changed: string): string => `
  create or replace function public.keep_question() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      answer text[] := array['response', 'to_committee', 'answered_at', 'answered_by', 'due_on'];
    begin
      if old.answered_at is not null or ${changed} then
        raise exception 'a question is answered once and changes in nothing else'
          using errcode = '23514', constraint = 'visit_questions_kept';
      end if;
      return new;
    end $$`;

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(keepQuestion('(to_jsonb(new) - answer) <> (to_jsonb(old) - answer)'));
  await knex.raw('drop trigger hosts_kept on public.requests');
  await knex.raw('drop function public.keep_host()');
  await knex.raw('drop trigger corrections_of_hosts on public.corrections');
  await knex.raw('drop function public.correct_host()');
};
