import type { Knex } from 'knex';

/**
 * A value of the trail is hidden with its salt, and put back or forgotten. The leaf and its commitments stay as they
 * are, so that every proof holds all along; and nothing else can be put back than what was there.
 */
export const hidingOnTheTrail = async (knex: Knex): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { owner: string }[] }>('select current_user as owner');
  await knex.raw('set local role ntk_audit');
  await knex.raw(`
    create table audit.hidden (
      entry_id uuid not null,
      field text not null,
      redaction uuid not null,
      value jsonb not null,
      salt bytea not null,
      primary key (entry_id, field)
    )`);
  await knex.raw('create index hidden_by_redaction on audit.hidden (redaction)');
  await onlyErasure(
    knex,
    `or (old.erased_at is not null and new.erased_at is null
          and (new.entry_id, new.field, new.seq) = (old.entry_id, old.field, old.seq)
          and exists (select from audit.hidden h where h.entry_id = new.entry_id and h.field = new.field
            and h.value = new.value and h.salt = new.salt))`,
  );
  // Of the matter alone: exactly that text, or a longer one around it where it is long enough to be no word of every text.
  await knex.raw(`
    create function audit.hide(redaction uuid, said text, names text[], at timestamptz) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      inner_text text := substr(to_jsonb(hide.said)::text, 2, length(to_jsonb(hide.said)::text) - 2);
      hidden bigint;
    begin
      insert into audit.hidden (entry_id, field, redaction, value, salt)
        select s.entry_id, s.field, hide.redaction, s.value, s.salt from audit.secret s
          where s.field in ('reasons', 'details') and s.value is not null
            and (exists (select from jsonb_path_query(s.value, '$.**') held (value) where held.value = to_jsonb(hide.said))
              or (length(hide.said) >= 20 and position(inner_text in s.value::text) > 0))
            and exists (select from audit.secret about
              where about.entry_id = s.entry_id and about.field = 'subject'
                and about.value in (select to_jsonb(name) from unnest(hide.names) name));
      get diagnostics hidden = row_count;
      update audit.secret s set value = null, salt = null, erased_at = hide.at
        from audit.hidden h
        where h.redaction = hide.redaction and s.entry_id = h.entry_id and s.field = h.field;
      return hidden;
    end $$`);
  await knex.raw(`
    create function audit.show_again(redaction uuid) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      update audit.secret s set value = h.value, salt = h.salt, erased_at = null
        from audit.hidden h
        where h.redaction = show_again.redaction and s.entry_id = h.entry_id and s.field = h.field;
      delete from audit.hidden h where h.redaction = show_again.redaction;
    end $$`);
  await knex.raw(`
    create function audit.forget(redaction uuid) returns void
      language sql security definer set search_path = pg_catalog, pg_temp as $$
      delete from audit.hidden h where h.redaction = forget.redaction
    $$`);
  for (const called of ['hide(uuid, text, text[], timestamptz)', 'show_again(uuid)', 'forget(uuid)']) {
    await knex.raw(`revoke all on function audit.${called} from public`);
    await knex.raw(`grant execute on function audit.${called} to ??`, [rows[0]?.owner ?? '']);
  }
  await knex.raw('reset role');
};

const onlyErasure = async (knex: Knex, orElse: string): Promise<void> => {
  await knex.raw(`
    create or replace function audit.only_erasure() returns trigger
      language plpgsql set search_path = pg_catalog as $$
    begin
      if (old.erased_at is null and new.erased_at is not null and new.value is null and new.salt is null
        and (new.entry_id, new.field, new.seq) = (old.entry_id, old.field, old.seq))
        ${orElse}
      then
        return new;
      end if;
      raise exception 'a value is erased once, with its salt, and changes in nothing else' using errcode = '42501';
    end $$`);
};

export const notHidingOnTheTrail = async (knex: Knex): Promise<void> => {
  await knex.raw('set local role ntk_audit');
  await knex.raw('drop function audit.hide(uuid, text, text[], timestamptz)');
  await knex.raw('drop function audit.show_again(uuid)');
  await knex.raw('drop function audit.forget(uuid)');
  await onlyErasure(knex, '');
  await knex.raw('drop table audit.hidden');
  await knex.raw('reset role');
};
