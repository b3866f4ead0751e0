import type { Knex } from 'knex';

/**
 * The text of every edition of the rule book that an entry was made under. An entry names its edition by the hash
 * of the text, so that neither can be exchanged for another; and no entry names one whose text is not here.
 * Entries from before name `need-to-know-1` and stay as they are.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('set local role ntk_audit');
  await knex.raw(`
    create table audit.editions (
      code text primary key,
      body bytea not null,
      constraint editions_code_check check (code = left(encode(sha256(body), 'hex'), 32))
    )`);
  await knex.raw(`
    create trigger editions_kept before update or delete or truncate on audit.editions
      for each statement execute function audit.refuse_change();
    alter table audit.editions enable always trigger editions_kept`);
  await knex.raw(`
    create function audit.keep_edition(body bytea) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if jsonb_typeof(convert_from(keep_edition.body, 'UTF8')::jsonb) is distinct from 'object'
        or octet_length(keep_edition.body) > 1048576
      then
        raise exception 'this is no edition of the rules' using errcode = '22023';
      end if;
      insert into audit.editions (code, body)
        values (left(encode(sha256(keep_edition.body), 'hex'), 32), keep_edition.body)
        on conflict do nothing;
    end $$`);
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
  await knex.raw('grant select on audit.editions to ntk_service');
  await knex.raw('revoke all on function audit.keep_edition(bytea), audit.require_edition() from public');
  await knex.raw('grant execute on function audit.keep_edition(bytea) to ntk_service');
  await knex.raw('reset role');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger entries_edition on audit.entries');
  await knex.raw('drop function audit.require_edition()');
  await knex.raw('drop function audit.keep_edition(bytea)');
  await knex.raw('drop table audit.editions');
};
