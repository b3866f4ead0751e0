import type { Knex } from 'knex';

/**
 * The tree over the trail: complete subtrees by level and index, the checkpoints that were signed over it,
 * and the one way in. Where an entry stands is decided by the sequencer, one at a time; what it hashes to
 * is decided by its bytes, and looked at here again.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('set local role ntk_audit');
  await tables(knex);
  await place(knex);
  await note(knex);
  await knex.raw('grant select on audit.pending, audit.tree, audit.checkpoints to ntk_service');
  await knex.raw(`revoke all on function audit.place(bigint, uuid[], int[], bigint[], bytea[]) from public;
    revoke all on function audit.note_checkpoint(text, bigint, bytea, text, timestamptz) from public;
    grant execute on function audit.place(bigint, uuid[], int[], bigint[], bytea[]) to ntk_service;
    grant execute on function audit.note_checkpoint(text, bigint, bytea, text, timestamptz) to ntk_service`);
  await knex.raw('reset role');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop function audit.note_checkpoint(text, bigint, bytea, text, timestamptz)');
  await knex.raw('drop function audit.place(bigint, uuid[], int[], bigint[], bytea[])');
  await knex.raw('drop table audit.checkpoints');
  await knex.raw('drop table audit.tree');
};

const tables = async (knex: Knex): Promise<void> => {
  // Level 0 is the leaves, in their order; a subtree of level n covers 2^n of them. Partial ones are derived.
  await knex.raw(`
    create table audit.tree (
      level int not null constraint tree_level_check check (level between 0 and 52),
      index bigint not null constraint tree_index_check check (index >= 0),
      hash bytea not null constraint tree_hash_check check (octet_length(hash) = 32),
      primary key (level, index)
    )`);
  await knex.raw(`
    create table audit.checkpoints (
      origin text not null constraint checkpoints_origin_check check (origin !~ '[[:space:]+]' and origin <> ''),
      size bigint not null constraint checkpoints_size_check check (size > 0),
      root bytea not null constraint checkpoints_root_check check (octet_length(root) = 32),
      note text not null,
      at timestamptz not null,
      seq bigint generated always as identity constraint checkpoints_seq_unique unique,
      primary key (origin, size)
    )`);
  for (const table of ['tree', 'checkpoints']) {
    await knex.raw(`
      create trigger ${table}_kept before update or delete or truncate on audit.${table}
        for each statement execute function audit.refuse_change();
      alter table audit.${table} enable always trigger ${table}_kept`);
  }
};

/**
 * `audit.place(size, entries, levels, indexes, hashes)`: gives the next places in the tree, from `size` on,
 * to these entries in this order, and stores the subtrees that they complete. Raises 40001 when the tree
 * has another size by now, and 22023 when a hash is not that of what it covers: a tree that was rewritten
 * is never built upon.
 */
const place = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function audit.place(size bigint, entries uuid[], levels int[], indexes bigint[], hashes bytea[])
      returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      moved bigint;
    begin
      -- One at a time, whoever calls.
      perform pg_advisory_xact_lock(hashtext('audit.place'));
      if size <> coalesce((select e.index + 1 from audit.entries e where e.index is not null
          order by e.index desc limit 1), 0) then
        raise exception 'the tree has another size by now' using errcode = '40001';
      end if;
      delete from audit.pending p where p.entry_id = any (place.entries);
      get diagnostics moved = row_count;
      if moved <> cardinality(place.entries) then
        raise exception 'an entry to be placed does not wait for its place' using errcode = '22023';
      end if;
      update audit.entries e set index = place.size + given.place - 1
        from unnest(place.entries) with ordinality as given (id, place) where e.id = given.id;
      insert into audit.tree (level, index, hash)
        select * from unnest(place.levels, place.indexes, place.hashes);
      if exists (
        select from unnest(place.entries) with ordinality as given (id, place)
          join audit.entries e on e.id = given.id
          left join audit.tree t on t.level = 0 and t.index = e.index
          where t.hash is distinct from sha256('\\x00'::bytea || e.leaf)
      ) or exists (
        select from unnest(place.levels, place.indexes) as given (level, index)
          join audit.tree t on t.level = given.level and t.index = given.index
          left join audit.tree l on l.level = given.level - 1 and l.index = 2 * given.index
          left join audit.tree r on r.level = given.level - 1 and r.index = 2 * given.index + 1
          where given.level > 0 and t.hash is distinct from sha256('\\x01'::bytea || l.hash || r.hash)
      ) then
        raise exception 'a hash is not that of what it covers' using errcode = '22023';
      end if;
    end $$`);
};

/** `audit.note_checkpoint(...)`: keeps a checkpoint that was signed. Raises 22023 beyond the tree's size. */
const note = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function audit.note_checkpoint(origin text, size bigint, root bytea, note text, at timestamptz)
      returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if not exists (select from audit.tree t where t.level = 0 and t.index = note_checkpoint.size - 1) then
        raise exception 'there is no tree of that size' using errcode = '22023';
      end if;
      insert into audit.checkpoints (origin, size, root, note, at)
        values (note_checkpoint.origin, note_checkpoint.size, note_checkpoint.root, note_checkpoint.note,
          note_checkpoint.at)
        on conflict do nothing;
    end $$`);
};
