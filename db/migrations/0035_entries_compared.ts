import type { Knex } from 'knex';
import { append as withPatterns } from './0034_cheaper_entries.js';

/**
 * `audit.append` compares shapes in place of matching patterns, which took a seventh of an entry: with its digits as
 * noughts a time, an id or a number of settings has one text. It takes and refuses the same.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('set local role ntk_audit');
  await append(knex);
  await knex.raw('reset role');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('set local role ntk_audit');
  await withPatterns(knex);
  await knex.raw('reset role');
};

/** SQL for a text with its digits as noughts, and nothing where there is none. */
const shapeOf = (text: string, digits = '123456789'): string =>
  `translate(coalesce(${text}, ''), '${digits}', '${'0'.repeat(digits.length)}')`;

/** What follows the code of an edition in `book:<32 digits>/settings:<number>`. */
const revision = `substr(doc->>'policy', 48)`;

/** Whether a policy names an edition that is kept, and a number as it is written: no nought before another digit. */
const namesRules = `substr(doc->>'policy', 38, 10) = '/settings:'
            and ${shapeOf(revision)} = repeat('0', greatest(length(${revision}), 1))
            and (${revision} = '0' or left(${revision}, 1) <> '0')
            and exists (select from audit.editions where code = substr(doc->>'policy', 6, 32))`;

const append = async (knex: Knex): Promise<void> => {
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
          or ${shapeOf(`doc->>'id'`, '123456789abcdef')} <> '00000000-0000-0000-0000-000000000000'
          or ${shapeOf(`doc->>'at'`)} <> '0000-00-00T00:00:00.000Z'
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
        when left(doc->>'policy', 5) = 'book:' and not (${namesRules})
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
