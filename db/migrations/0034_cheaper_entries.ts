import type { Knex } from 'knex';
import { append as firstAppend } from './0001_audit.js';

/**
 * What an entry and a case cost the database. `audit.append` asks all that it asks of a leaf in one query, the edition of
 * the rules among it, so that no trigger parses the leaf once more: it is the only way in. The trigger that lets an entry
 * take its place in the tree compares before it calls anything, and calls only to refuse. And the receipt of a request is
 * found by an index, however many messages there are.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('set local role ntk_audit');
  await append(knex);
  await knex.raw('drop trigger entries_edition on audit.entries');
  await knex.raw('drop function audit.require_edition()');
  await knex.raw(`
    create or replace function audit.only_place_in_tree() returns trigger
      language plpgsql set search_path = pg_catalog as $$
    begin
      raise exception 'an entry takes its place in the tree once and changes in nothing else' using errcode = '42501';
    end $$`);
  await placing(knex, `when ((${placed}) is not true)`);
  await knex.raw('reset role');
  await knex.raw('drop index public.messages_unsent');
  await knex.raw(`create index messages_receipts on public.messages (reference, sent_at)
    where kind = 'request_received'`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index public.messages_receipts');
  await knex.raw(`create index messages_unsent on public.messages (reference)
    where sent_at is null and kind = 'request_received'`);
  await knex.raw('set local role ntk_audit');
  await knex.raw(`
    create or replace function audit.only_place_in_tree() returns trigger
      language plpgsql set search_path = pg_catalog as $$
    begin
      if ${placed} then
        return new;
      end if;
      raise exception 'an entry takes its place in the tree once and changes in nothing else' using errcode = '42501';
    end $$`);
  await placing(knex, '');
  await knex.raw(`
    create function audit.require_edition() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
    declare
      policy text := convert_from(new.leaf, 'UTF8')::json->>'policy';
    begin
      if policy like 'book:%' and not exists (
        select from audit.editions
          where code = substring(policy from '^book:([0-9a-f]{32})/settings:(0|[1-9][0-9]*)$')
      ) then
        raise exception 'the rules that an entry names are not kept' using errcode = '22023';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger entries_edition before insert on audit.entries
      for each row execute function audit.require_edition();
    alter table audit.entries enable always trigger entries_edition`);
  await knex.raw('revoke all on function audit.require_edition() from public');
  await knex.raw('drop function audit.append(bytea, jsonb)');
  await firstAppend(knex);
  await knex.raw('revoke all on function audit.append(bytea, jsonb) from public');
  await knex.raw('grant execute on function audit.append(bytea, jsonb) to ntk_service');
  await knex.raw('reset role');
};

/** Whether an update gives an entry its place, and does nothing else. */
const placed = `old.index is null and new.index is not null
        and (new.seq, new.id, new.at, new.type, new.leaf) = (old.seq, old.id, old.at, old.type, old.leaf)
        and new.office is not distinct from old.office
        and new.capacity is not distinct from old.capacity
        and new.decision is not distinct from old.decision`;

const placing = async (knex: Knex, condition: string): Promise<void> => {
  await knex.raw('drop trigger entries_update on audit.entries');
  await knex.raw(`
    create trigger entries_update before update on audit.entries
      for each row ${condition} execute function audit.only_place_in_tree();
    alter table audit.entries enable always trigger entries_update`);
};

/** As in 0001: takes and refuses the same. jsonb keeps the keys of two objects in the same order. */
export const append = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create or replace function audit.append(leaf bytea, secrets jsonb) returns uuid
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      text_of_leaf text := convert_from(append.leaf, 'UTF8');
      doc jsonb := text_of_leaf::jsonb;
      fault text;
      entry uuid;
      place bigint;
    begin
      select case
        -- A key given twice would read differently to different readers: the list, unlike jsonb, shows it.
        when array(select json_object_keys(text_of_leaf::json)) is distinct from
            array['at', 'capacity', 'commitments', 'decision', 'id', 'office', 'policy', 'type', 'v']
          or doc->'v' is distinct from '1'::jsonb
          or coalesce(doc->>'id', '') !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          or coalesce(doc->>'at', '') !~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{3}Z$'
          or jsonb_typeof(doc->'type') is distinct from 'string'
          or jsonb_typeof(doc->'policy') is distinct from 'string'
          or jsonb_typeof(doc->'office') not in ('string', 'null')
          or jsonb_typeof(doc->'capacity') not in ('string', 'null')
          or jsonb_typeof(doc->'decision') not in ('object', 'null')
          or jsonb_typeof(doc->'commitments') is distinct from 'object'
        then 'the leaf is not an entry of version 1'
        when not (doc->'commitments' \\?& array['actor', 'actorName', 'subject'])
          or jsonb_typeof(secrets) is distinct from 'object'
          or array(select jsonb_object_keys(doc->'commitments')) is distinct from
            array(select jsonb_object_keys(secrets))
        then 'the secrets are not those that the leaf commits to'
        when doc->>'policy' like 'book:%' and not exists (
          select from audit.editions where code =
            substring(doc->>'policy' from '^book:([0-9a-f]{32})/settings:(0|[1-9][0-9]*)$'))
        then 'the rules that an entry names are not kept'
      end into fault;
      if fault is not null then
        raise exception '%', fault using errcode = '22023';
      end if;

      insert into audit.entries (id, at, type, office, capacity, decision, leaf)
        values (
          (doc->>'id')::uuid, (doc->>'at')::timestamptz, doc->>'type', doc->>'office', doc->>'capacity',
          nullif(doc->'decision', 'null'::jsonb), append.leaf
        )
        returning id, seq into entry, place;
      insert into audit.secret (entry_id, field, value, salt, seq)
        select entry, field, secret->'value', decode(secret->>'salt', 'hex'), place
        from jsonb_each(secrets) as given (field, secret);
      insert into audit.pending (entry_id, seq) values (entry, place);
      return entry;
    end $$`);
};
