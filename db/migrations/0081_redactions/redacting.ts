import type { Knex } from 'knex';

/** The case of a visit, as it is compared: 0013_visits. */
const caseKey = (text: string): string =>
  `upper(regexp_replace(normalize(${text}, nfkc), '[^[:alnum:]]', '', 'g'))`;

/** So many characters are a text, and no word that stands everywhere. */
const longEnough = 20;

/** The functions of a redaction: the only way to put a mark in the place of a text that stands. */
export const redacting = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.masked(value jsonb, said text, mark text, path text, at text) returns jsonb
      language plpgsql immutable set search_path = pg_catalog as $$
    declare
      under text := case when at = '' then '' else at || '.' end;
    begin
      -- A coded value that reads the same is no text: only what is typed freely becomes the mark.
      return case jsonb_typeof(value)
        when 'string' then case when value #>> '{}' = said and at ~ path then to_jsonb(mark) else value end
        when 'array' then coalesce((select jsonb_agg(public.masked(one, said, mark, path, under || (place - 1)) order by place)
          from jsonb_array_elements(value) with ordinality as each_of (one, place)), '[]')
        when 'object' then coalesce((select jsonb_object_agg(name, public.masked(one, said, mark, path, under || name))
          from jsonb_each(value) as each_of (name, one)), '{}')
        else value end;
    end $$`);
  // The text that stands there, with what it belongs to.
  await knex.raw(`
    create function public.stored_text(kind text, id text, field text, out said text, out request_id bigint,
        out councillor_id uuid, out author_id uuid, out read_with text, out read_at text, out privileged boolean)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    declare
      held public.stored_texts;
      first_part text := split_part(stored_text.field, '.', 1);
      rest text := substr(stored_text.field, length(first_part) + 2);
      json boolean;
    begin
      select s.* into held from public.stored_texts s
        where s.kind = stored_text.kind and s.field = first_part and rest ~ coalesce(s.path, '^$');
      if held.kind is null then return; end if;
      json := held.path is not null;
      execute format(
        'select %s, %s, %s, %s, %s, %s from public.%I t where %s = $1',
        case when json then format('case when jsonb_typeof(t.%I #> $2) = ''string'' then t.%I #>> $2 end', held.held_as, held.held_as)
          else format('t.%I', held.held_as) end,
        coalesce(held.request_sql, 'null::bigint'), coalesce(held.councillor_sql, 'null::uuid'),
        coalesce(held.author_sql, 'null::uuid'), coalesce(held.read_at_sql, 'null::text'),
        case when held.kind = 'discussion' then 't.privileged' else 'false' end, held.held_in, held.id_sql)
        into said, request_id, councillor_id, author_id, read_at, privileged
        using stored_text.id, string_to_array(rest, '.');
      read_with := held.read_with;
    end $$`);
  // Wherever it stands, of the same request; where there is none, in that one column of that one row.
  await knex.raw(`
    create function public.swap_text(given public.redactions, said text, mark text) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      held public.stored_texts;
      swapped bigint := 0;
      rows bigint;
      quoted text := to_jsonb(said)::text;
      -- A further stage and the draft of papers take texts over: all requests of that councillor are one matter.
      matter bigint[] := array(select r.id from public.requests r where r.councillor_id =
        (select own.councillor_id from public.requests own where own.id = given.request_id));
    begin
      insert into runtime.redacting values (pg_current_xact_id());
      for held in select s.* from public.stored_texts s
        where (given.request_id is not null and s.request_sql is not null)
          or (s.kind = given.of_kind and s.field = split_part(given.of_field, '.', 1))
        order by s.held_in, s.held_as
      loop
        execute format(
          case when held.path is null then 'update public.%1$I t set %2$I = $2 where t.%2$I = $1 and '
            else 'update public.%1$I t set %2$I = public.masked(t.%2$I, $1, $2, $6, '''') where position($5 in t.%2$I::text) > 0 and ' end
          || case when given.request_id is not null and held.request_sql is not null then '%3$s = any($3)' else '%4$s = $4' end,
          held.held_in, held.held_as, held.request_sql, held.id_sql)
          using said, mark, matter, given.of_id, quoted, held.path;
        get diagnostics rows = row_count;
        swapped := swapped + rows;
      end loop;
      -- What a check was about is kept as it is compared.
      if given.request_id is not null then
        update public.visit_checks t set case_key = ${caseKey('mark')}
          from public.visits v join public.grants g on g.id = v.grant_id
          where v.id = t.visit_id and g.request_id = any(matter) and t.case_key = ${caseKey('said')};
      end if;
      delete from runtime.redacting where txid = pg_current_xact_id();
      return swapped;
    end $$`);
  await knex.raw(`
    create function public.acts_for(who uuid, office text, at timestamptz) returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select exists (select from public.offices_held h
          where h.person_id = acts_for.who and h.office = acts_for.office and h.confirmed)
        or exists (select from public.deputies d where d.deputy_id = acts_for.who and d.office = acts_for.office
          and (acts_for.at at time zone 'Europe/London')::date between d.from_date and d.to_date)
    $$`);
  await knex.raw(`
    create function public.redaction_held(given public.redactions) returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select exists (select from public.legal_holds h where h.lifted_at is null and (
        h.request_id in (select r.id from public.requests r where r.councillor_id =
          (select own.councillor_id from public.requests own where own.id = given.request_id))
        or (h.request_id is null and h.councillor_id = coalesce(given.councillor_id,
          (select r.councillor_id from public.requests r where r.id = given.request_id)))
        or (given.request_id is null and h.councillor_id = given.councillor_id)))
    $$`);
  await knex.raw(`
    create function public.report_text(kind text, id text, field text, who uuid, office text, capacity text,
        reasons text, at timestamptz) returns uuid
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      there record;
      made public.redactions;
    begin
      select * into there from public.stored_text(report_text.kind, report_text.id, report_text.field);
      if coalesce(btrim(there.said), '') = '' then
        raise exception 'there is no such text' using errcode = '23514', constraint = 'redactions_of_a_text';
      end if;
      if exists (select from public.redactions r where there.said in (r.hidden_mark, r.erased_mark)) then
        raise exception 'it is a mark already' using errcode = '23514', constraint = 'redactions_once';
      end if;
      insert into public.redactions (of_kind, of_id, of_field, request_id, councillor_id, author_id, privileged, said,
          reasons, reported_at, reported_by, reported_office, reported_capacity)
        values (report_text.kind, report_text.id, report_text.field, there.request_id, there.councillor_id,
          there.author_id, there.privileged, there.said, report_text.reasons, report_text.at, report_text.who,
          report_text.office, report_text.capacity)
        returning * into made;
      perform public.swap_text(made, made.said, made.hidden_mark);
      perform audit.hide(made.id, made.said, public.names_of(made), report_text.at);
      -- A form that a session keeps may hold it: a text of some length, and no coded value.
      if length(made.said) >= ${longEnough} and position(' ' in made.said) > 0 then
        delete from runtime.sessions s where exists (
          select from jsonb_path_query(s.sess::jsonb, '$.**') kept (value) where kept.value = to_jsonb(made.said));
      end if;
      delete from runtime.unsent_forms f where f.person_id = made.author_id;
      return made.id;
    end $$`);
  await knex.raw(`
    create function public.names_of(given public.redactions) returns text[]
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select array[given.of_id, given.of_kind || ':' || given.of_id, 'councillor:' || given.councillor_id]
        || array(select r.reference from public.requests r where r.id = given.request_id)
        || array(select kind || g.id from public.grants g, unnest(array['', 'grant:']) kind
          where g.request_id = given.request_id)
        || array(select kind || v.id from public.grants g join public.visits v on v.grant_id = g.id,
          unnest(array['', 'visit:']) kind where g.request_id = given.request_id)
    $$`);
  await knex.raw(`
    create function public.confirm_redaction(redaction uuid, who uuid, office text, capacity text, at timestamptz)
      returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      given public.redactions;
    begin
      select r.* into given from public.redactions r where r.id = confirm_redaction.redaction for update;
      if given.status is distinct from 'hidden' then
        raise exception 'it is over' using errcode = '23514', constraint = 'redactions_kept';
      end if;
      if not public.acts_for(confirm_redaction.who, confirm_redaction.office, confirm_redaction.at) then
        raise exception 'who confirms acts for the office' using errcode = '23514', constraint = 'redactions_confirmer';
      end if;
      -- Whoever places a hold waits here or is waited for.
      perform from public.councillors c where c.id = coalesce(given.councillor_id,
        (select r.councillor_id from public.requests r where r.id = given.request_id)) for update;
      if public.redaction_held(given) then
        raise exception 'a legal hold stands' using errcode = '23514', constraint = 'redaction_held';
      end if;
      if given.first_by is null then
        update public.redactions r set first_at = confirm_redaction.at, first_by = confirm_redaction.who,
            first_office = confirm_redaction.office, first_capacity = confirm_redaction.capacity
          where r.id = given.id;
        return 'hidden';
      end if;
      update public.redactions r set status = 'erased', said = null, settled_at = confirm_redaction.at,
          settled_by = confirm_redaction.who, settled_office = confirm_redaction.office,
          settled_capacity = confirm_redaction.capacity
        where r.id = given.id;
      perform public.swap_text(given, given.hidden_mark, given.erased_mark);
      perform audit.forget(given.id);
      return 'erased';
    end $$`);
  await knex.raw(`
    create function public.put_text_back(redaction uuid, who uuid, office text, capacity text, reasons text,
        at timestamptz) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      given public.redactions;
    begin
      select r.* into given from public.redactions r where r.id = put_text_back.redaction for update;
      if given.status is distinct from 'hidden' then
        raise exception 'it is over' using errcode = '23514', constraint = 'redactions_kept';
      end if;
      if put_text_back.office <> 'data_protection'
        or not public.acts_for(put_text_back.who, put_text_back.office, put_text_back.at) then
        raise exception 'Data Protection put it back' using errcode = '23514', constraint = 'redactions_confirmer';
      end if;
      update public.redactions r set status = 'put_back', said = null, settled_at = put_text_back.at,
          settled_by = put_text_back.who, settled_office = put_text_back.office,
          settled_capacity = put_text_back.capacity, put_back_reasons = put_text_back.reasons
        where r.id = given.id;
      perform public.swap_text(given, given.hidden_mark, given.said);
      perform audit.show_again(given.id);
    end $$`);
  for (const called of [...open, ...closed])
    await knex.raw(`revoke all on function public.${called} from public`);
  for (const called of open) await knex.raw(`grant execute on function public.${called} to ntk_service`);
};

const open = [
  'stored_text(text, text, text)',
  'redaction_held(public.redactions)',
  'report_text(text, text, text, uuid, text, text, text, timestamptz)',
  'confirm_redaction(uuid, uuid, text, text, timestamptz)',
  'put_text_back(uuid, uuid, text, text, text, timestamptz)',
];
const closed = [
  'masked(jsonb, text, text, text, text)',
  'swap_text(public.redactions, text, text)',
  'names_of(public.redactions)',
  'acts_for(uuid, text, timestamptz)',
];

export const notRedacting = async (knex: Knex): Promise<void> => {
  for (const called of [...open, ...closed].toReversed()) await knex.raw(`drop function public.${called}`);
};
