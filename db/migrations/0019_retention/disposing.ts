import type { Knex } from 'knex';

/** Each table of a matter with the rows that go, in an order in which nothing refers to what has gone. */
const ofTheMatter: readonly (readonly [string, string])[] = [
  ['visit_questions', 'visit_id = any (visits_gone)'],
  ['attendance_confirmations', 'visit_id = any (visits_gone)'],
  ['visit_checks', 'visit_id = any (visits_gone)'],
  ['visit_plans', 'visit_id = any (visits_gone)'],
  ['grant_freezes', 'grant_id = any (grants_gone) or incident_id = any (incidents_gone)'],
  ['releases', 'request_id = any (requests_gone)'],
  ['attendances', 'visit_id = any (visits_gone)'],
  ['incidents', 'id = any (incidents_gone)'],
  ['visits', 'id = any (visits_gone)'],
  [
    'grant_condition_states',
    'condition_id in (select id from public.grant_conditions where grant_id = any (grants_gone))',
  ],
  ['grant_conditions', 'grant_id = any (grants_gone)'],
  ['grants', 'id = any (grants_gone)'],
  ['statutory_rights', 'request_id = any (requests_gone)'],
  ['reviews', 'request_id = any (requests_gone)'],
  ['directions', 'request_id = any (requests_gone)'],
  ['named_people', 'request_id = any (requests_gone)'],
  ['sign_offs', 'request_id = any (requests_gone)'],
  ['discussion', 'request_id = any (requests_gone)'],
  ['answers', 'request_id = any (requests_gone)'],
  ['request_returns', 'request_id = any (requests_gone)'],
  ['request_versions', 'request_id = any (requests_gone)'],
  ['conflicts', 'reference = any (names)'],
  ['messages', 'reference = any (names)'],
  ['legal_holds', 'request_id = any (requests_gone)'],
  ['requests', 'id = any (requests_gone)'],
];

/** Tables whose rows the trail may name by their own id. */
const uuids: readonly (readonly [string, string])[] = [
  ['visit_questions', 'visit_id = any (visits_gone)'],
  ['grant_conditions', 'grant_id = any (grants_gone)'],
  ['releases', 'request_id = any (requests_gone)'],
  ['reviews', 'request_id = any (requests_gone)'],
  ['directions', 'request_id = any (requests_gone)'],
  ['sign_offs', 'request_id = any (requests_gone)'],
  ['legal_holds', 'request_id = any (requests_gone)'],
];
const idsOf = ([table, which]: readonly [string, string]): string => `
          union all select id::text from public.${table} where ${which}`;

/** What is left of a councillor when their requests have gone. */
const ofTheCouncillor: readonly (readonly [string, string])[] = [
  ['protocol_acceptances', 'councillor_id = proposal.councillor_id'],
  ['training', 'councillor_id = proposal.councillor_id'],
  ['appointments', 'councillor_id = proposal.councillor_id'],
  ['register_history', 'councillor_id = proposal.councillor_id'],
  ['conflicts', 'councillor_id = proposal.councillor_id or person_id = account.id'],
  ['legal_holds', 'councillor_id = proposal.councillor_id'],
  ['messages', 'to_person = account.id'],
  ['offices_held', `person_id = account.id and office = 'councillor'`],
];

const counted = ([table, which]: readonly [string, string]): string => `
      delete from public.${table} where ${which};
      get diagnostics gone = row_count;
      if gone > 0 then
        counts := counts || jsonb_build_object('${table}', gone + coalesce((counts->>'${table}')::bigint, 0));
      end if;`;

/**
 * `public.dispose(proposal, who, office, capacity, at)`: what two people want to be disposed of goes, in every table,
 * and what the trail holds of it is erased. Raises what db/core/violations.ts knows: it is over, the second person is the
 * first, a hold stands, it is not due, or something hangs together with what stays.
 * @returns the certificate: rows by table, values of the trail; of nobody by name or id
 */
export const disposing = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.dispose(disposal uuid, who uuid, office text, capacity text, at timestamptz) returns jsonb
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    -- An office given and a column of that name: the column is meant wherever nothing stands before it.
    #variable_conflict use_column
    declare
      today date := (dispose.at at time zone 'Europe/London')::date;
      proposal public.disposals;
      account public.people;
      requests_gone bigint[];
      grants_gone uuid[];
      visits_gone uuid[];
      incidents_gone uuid[];
      names text[];
      counts jsonb := '{}';
      gone bigint;
      done jsonb;
    begin
      select * into proposal from public.disposals d where d.id = dispose.disposal for update;
      if proposal.status is distinct from 'proposed' then
        raise exception 'it is over' using errcode = '23514', constraint = 'disposals_kept';
      end if;
      if dispose.who = proposal.proposed_by then
        raise exception 'two people' using errcode = '23514', constraint = 'disposals_two_people';
      end if;
      if not exists (select from public.offices_held h where h.person_id = dispose.who
          and h.office = dispose.office and h.office in ('democratic_services', 'data_protection')) then
        raise exception 'who confirms holds the office' using errcode = '23514', constraint = 'disposals_settler_check';
      end if;

      if proposal.target = 'notifications' then
        if proposal.before > (today - (select make_interval(months => s.months)
            from public.retention_schedule s where s.kind = 'notifications'))::date then
          raise exception 'it is not due' using errcode = '23514', constraint = 'disposal_not_due';
        end if;
        delete from public.messages m
          where m.created_at < proposal.before::timestamp at time zone 'Europe/London';
        get diagnostics gone = row_count;
        counts := jsonb_build_object('messages', gone);
        done := jsonb_build_object('rows', counts, 'trail', 0);
      else
        -- Whoever places a hold, or adds to what is kept, waits here or is waited for.
        perform from public.councillors c where c.id = proposal.councillor_id for update;
        requests_gone := proposal.requests;
        perform from public.requests r where r.id = any (requests_gone) order by r.id for update;
        if exists (select from public.legal_holds h where h.councillor_id = proposal.councillor_id
            and h.lifted_at is null
            and (h.request_id is null or proposal.whole or h.request_id = any (requests_gone))) then
          raise exception 'a legal hold stands' using errcode = '23514', constraint = 'disposal_held';
        end if;
        grants_gone := array(select id from public.grants g where g.request_id = any (requests_gone));
        visits_gone := array(select id from public.visits v where v.grant_id = any (grants_gone));
        incidents_gone := array(select id from public.incidents i
          where i.request_id = any (requests_gone) or i.grant_id = any (grants_gone)
            or i.visit_id = any (visits_gone) or (proposal.whole and i.councillor_id = proposal.councillor_id));
        if exists (
            select from unnest(requests_gone) as wanted (id) left join public.requests r on r.id = wanted.id
              where r.councillor_id is distinct from proposal.councillor_id
                or (public.kept_until(r.councillor_id, (r.created_at at time zone 'Europe/London')::date, 'requests')
                  < today) is not true)
          or exists (select from public.incidents i where i.id = any (incidents_gone) and i.closed_at is null)
          or (proposal.whole and (
            (public.kept_until(proposal.councillor_id, null, 'councillors') < today) is not true
            or exists (select from public.requests r
              where r.councillor_id = proposal.councillor_id and r.id <> all (requests_gone))))
        then
          raise exception 'it is not due' using errcode = '23514', constraint = 'disposal_not_due';
        end if;
        if exists (
            select from public.request_versions v join public.requests r
                on r.reference = v.content->>'continues' and r.id = any (requests_gone)
              where v.request_id <> all (requests_gone))
          or exists (select from public.requests r
            where r.opened_by = any (requests_gone) and r.id <> all (requests_gone))
          or exists (select from public.grant_freezes f
            where f.incident_id = any (incidents_gone) and f.grant_id <> all (grants_gone))
        then
          raise exception 'what stays hangs together with it'
            using errcode = '23514', constraint = 'disposal_changed';
        end if;

        -- By what the trail, and whatever else is not bound to a row, knows them.
        names := array(
          select reference from public.requests where id = any (requests_gone)
          union all select unnest(grants_gone)::text
          union all select unnest(visits_gone)::text
          union all select unnest(incidents_gone)::text${uuids.map(idsOf).join('')});
        if proposal.whole then
          select * into account from public.people p where p.councillor_id = proposal.councillor_id;
          names := names || proposal.councillor_id::text || array(
            select a.id::text from public.appointments a where a.councillor_id = proposal.councillor_id
            union all select t.id::text from public.training t where t.councillor_id = proposal.councillor_id
            union all select c.id::text from public.conflicts c where c.councillor_id = proposal.councillor_id
            union all select h.id::text from public.legal_holds h where h.councillor_id = proposal.councillor_id);
        end if;
${ofTheMatter.map(counted).join('')}
        if proposal.whole then
${ofTheCouncillor.map(counted).join('')}
          if account.id is not null then
            begin
              delete from public.people p where p.id = account.id;
              names := names || account.id::text;
              counts := counts || '{"people": 1}';
            exception when foreign_key_violation then
              -- Who acts or acted for an office besides is named in the matters of others: the account stays theirs.
              update public.people p set councillor_id = null,
                suspended_at = case when exists (select from public.offices_held h where h.person_id = p.id)
                  then p.suspended_at else coalesce(p.suspended_at, dispose.at) end
                where p.id = account.id;
              account.id := null;
            end;
          end if;
          delete from public.councillors c where c.id = proposal.councillor_id;
          counts := counts || '{"councillors": 1}';
          update public.disposals d set councillor_id = null, requests = '{}'
            where d.councillor_id = proposal.councillor_id and d.id <> proposal.id;
        end if;
        delete from runtime.idempotency i where i.reference = any (names) or i.person_id = account.id
          or i.path like any (array(select '%' || name || '%' from unnest(names) name));
        delete from runtime.sessions s where s.sess::text like any (array(select '%' || name || '%' from unnest(names) name));
        done := jsonb_build_object('rows', counts, 'trail', audit.erase(names, account.id, dispose.at));
      end if;
      update public.disposals d set status = 'disposed', settled_at = dispose.at, settled_by = dispose.who,
          settled_office = dispose.office, settled_capacity = dispose.capacity,
          certificate = done, councillor_id = null, requests = '{}'
        where d.id = proposal.id;
      return done;
    end $$`);
  await knex.raw('revoke all on function public.dispose(uuid, uuid, text, text, timestamptz) from public');
  await knex.raw(
    'grant execute on function public.dispose(uuid, uuid, text, text, timestamptz) to ntk_service',
  );
};
