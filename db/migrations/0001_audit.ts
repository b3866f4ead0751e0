import type { Knex } from 'knex';

/**
 * The audit trail and the service's own running state.
 *
 * Who may do what: the schema `audit` belongs to `ntk_audit`, a role nobody logs in as. The service
 * (`ntk_service`) reads it and may call `audit.append`, the only way in. Its triggers are `enable always`,
 * so that replica mode does not switch them off; a superuser can still rewrite rows, and that is what
 * checkpoints held outside are for.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('revoke create on schema public from public');
  await knex.raw('create schema audit authorization ntk_audit');
  await knex.raw('set local role ntk_audit');
  await tables(knex);
  await appendOnly(knex);
  await append(knex);
  await requireTrace(knex);
  await knex.raw('grant usage on schema audit to ntk_service');
  await knex.raw('grant select on audit.entries, audit.secret to ntk_service');
  await knex.raw('revoke all on all functions in schema audit from public');
  await knex.raw('grant execute on function audit.append(bytea, jsonb) to ntk_service');
  await knex.raw('reset role');
  await runtime(knex);
  // Readiness asks whether the schema is current; knex made this table before the first migration.
  await knex.raw('grant select on knex_migrations to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('revoke select on knex_migrations from ntk_service');
  await knex.raw('drop schema runtime cascade');
  await knex.raw('drop schema audit cascade');
};

const tables = async (knex: Knex): Promise<void> => {
  // Everything but `seq` and `index` is read out of `leaf` by audit.append, so that what is searched can
  // never differ from what is hashed. `seq` is the order of writing, `index` the place in the tree.
  await knex.raw(`
    create table audit.entries (
      seq bigint generated always as identity constraint entries_seq_unique unique,
      id uuid primary key,
      at timestamptz not null,
      type text not null constraint entries_type_check check (type ~ '^[a-z_]+[.][a-z_]+$'),
      office text null,
      capacity text null,
      decision jsonb null,
      leaf bytea not null,
      index bigint null constraint entries_index_unique unique constraint entries_index_check check (index >= 0)
    )`);
  await knex.raw('create index entries_by_type on audit.entries (type, seq desc)');
  await knex.raw('create index entries_by_at on audit.entries (at, seq desc)');

  // The values behind the commitments. `seq` repeats the entry's, so that "the newest 26 about X" is a
  // walk along one index and not a sort of everything about X.
  await knex.raw(`
    create table audit.secret (
      entry_id uuid not null references audit.entries (id),
      field text not null,
      value jsonb null,
      salt bytea null,
      erased_at timestamptz null,
      seq bigint not null,
      primary key (entry_id, field),
      constraint secret_salt_check check (octet_length(salt) = 32),
      constraint secret_whole_or_erased_check check (
        (value is null) = (erased_at is not null) and (salt is null) = (erased_at is not null)
      )
    )`);
  await knex.raw(`
    create index secret_by_value on audit.secret (field, value, seq desc)
      where field in ('subject', 'actor') and value is not null`);

  // The sequencer's queue, and the proof that this transaction left a trace. Not `xmin`: inside a
  // savepoint that is the subtransaction's.
  await knex.raw(`
    create table audit.pending (
      entry_id uuid primary key references audit.entries (id),
      seq bigint not null,
      txid xid8 not null default pg_current_xact_id()
    )`);
  await knex.raw('create index pending_by_txid on audit.pending (txid)');
  await knex.raw('create index pending_by_seq on audit.pending (seq)');
};

const appendOnly = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function audit.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      raise exception '% on %.% is refused: the audit trail is append-only', tg_op, tg_table_schema, tg_table_name
        using errcode = '42501';
    end $$`);
  await knex.raw(`
    create function audit.only_place_in_tree() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.index is null and new.index is not null
        and (new.seq, new.id, new.at, new.type, new.leaf) = (old.seq, old.id, old.at, old.type, old.leaf)
        and new.office is not distinct from old.office
        and new.capacity is not distinct from old.capacity
        and new.decision is not distinct from old.decision
      then
        return new;
      end if;
      raise exception 'an entry takes its place in the tree once and changes in nothing else' using errcode = '42501';
    end $$`);
  await knex.raw(`
    create function audit.only_erasure() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.erased_at is null and new.erased_at is not null and new.value is null and new.salt is null
        and (new.entry_id, new.field, new.seq) = (old.entry_id, old.field, old.seq)
      then
        return new;
      end if;
      raise exception 'a value is erased once, with its salt, and changes in nothing else' using errcode = '42501';
    end $$`);
  await knex.raw(`
    create trigger entries_update before update on audit.entries
      for each row execute function audit.only_place_in_tree();
    create trigger entries_delete before delete or truncate on audit.entries
      for each statement execute function audit.refuse_change();
    create trigger secret_update before update on audit.secret
      for each row execute function audit.only_erasure();
    create trigger secret_delete before delete or truncate on audit.secret
      for each statement execute function audit.refuse_change();
    create trigger pending_update before update or truncate on audit.pending
      for each statement execute function audit.refuse_change();
    alter table audit.entries enable always trigger entries_update;
    alter table audit.entries enable always trigger entries_delete;
    alter table audit.secret enable always trigger secret_update;
    alter table audit.secret enable always trigger secret_delete;
    alter table audit.pending enable always trigger pending_update`);
};

/**
 * `audit.append(leaf, secrets)`: the leaf's exact bytes, and `{ field: { value, salt } }` with the salt in
 * hex for each commitment in it. Raises 22023 when they do not fit together.
 */
export const append = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function audit.append(leaf bytea, secrets jsonb) returns uuid
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      text_of_leaf text := convert_from(append.leaf, 'UTF8');
      doc jsonb := text_of_leaf::jsonb;
      -- A key given twice would read differently to different readers: the list, unlike jsonb, shows it.
      keys text[] := array(select json_object_keys(text_of_leaf::json));
      entry uuid;
      place bigint;
    begin
      if keys is distinct from
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
      then
        raise exception 'the leaf is not an entry of version 1' using errcode = '22023';
      end if;
      if not (doc->'commitments' \\?& array['actor', 'actorName', 'subject'])
        or jsonb_typeof(secrets) is distinct from 'object'
        or array(select jsonb_object_keys(doc->'commitments') order by 1)
          is distinct from array(select jsonb_object_keys(secrets) order by 1)
      then
        raise exception 'the secrets are not those that the leaf commits to' using errcode = '22023';
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

/** "No change without a trace": see govern.ts. Reads the top-level transaction's id, so savepoints hold. */
const requireTrace = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function audit.require_trace() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if not exists (select from audit.pending where txid = pg_current_xact_id()) then
        raise exception 'a change to % has no audit entry in its transaction', tg_table_name
          using errcode = '23514', constraint = 'no_change_without_a_trace',
                schema = tg_table_schema, table = tg_table_name;
      end if;
      return null;
    end $$`);
};

/**
 * What the service needs to run and nobody needs to be told of: sign-in sessions (connect-pg-simple's
 * layout), rate limits (rate-limiter-flexible's) and idempotency keys. Not governed.
 */
const runtime = async (knex: Knex): Promise<void> => {
  await knex.raw('create schema runtime');
  await knex.raw(`
    create table runtime.sessions (
      sid text primary key,
      sess jsonb not null,
      expire timestamptz not null
    )`);
  await knex.raw('create index sessions_by_expiry on runtime.sessions (expire)');
  await knex.raw(`
    create table runtime.limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )`);
  // The status and the reference are null until the use case that claimed the key has settled.
  await knex.raw(`
    create table runtime.idempotency (
      person_id uuid not null,
      method text not null,
      path text not null,
      key text not null,
      body_mac bytea not null,
      status int null,
      reference text null,
      at timestamptz not null,
      constraint idempotency_claim_unique unique (person_id, method, path, key)
    )`);
  await knex.raw('create index idempotency_by_age on runtime.idempotency (at)');
  await knex.raw('grant usage on schema runtime to ntk_service');
  await knex.raw(
    'grant select, insert, update, delete on runtime.sessions, runtime.limits, runtime.idempotency to ntk_service',
  );
};
