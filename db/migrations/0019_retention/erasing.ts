import type { Knex } from 'knex';

/**
 * `audit.erase(names, actor, at)`: erases values and salts of the trail. All of an entry whose subject is one of
 * these names, or that this person made; and of any other entry the details and reasons in which one of the names
 * stands. What was hashed stays, so that every proof holds. Not for the service: `public.dispose` alone calls it.
 * @returns how many values
 */
export const erasing = async (knex: Knex): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { owner: string }[] }>('select current_user as owner');
  await knex.raw('set local role ntk_audit');
  await knex.raw(`
    create function audit.erase(names text[], actor uuid, at timestamptz) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      erased bigint;
    begin
      with about as (
        select s.entry_id from audit.secret s
          where s.field = 'subject' and s.value in (
            select to_jsonb(kind || name) from unnest(erase.names) name,
              unnest(array['', 'councillor:', 'person:', 'grant:', 'visit:', 'question:', 'incident:']) kind)
        union
        select s.entry_id from audit.secret s
          where s.field = 'actor' and s.value = to_jsonb(erase.actor::text)
      ), naming as (
        select s.entry_id, s.field from audit.secret s
          where s.field in ('details', 'reasons') and s.value is not null
            and s.value::text like any (array(select '%' || name || '%' from unnest(erase.names) name))
            -- The reference of somebody else may begin with this one: they grow longer after the 9,999th of a year.
            and exists (select from unnest(erase.names) name where s.value::text ~ (name || '([^0-9]|$)'))
      ), going as (
        select s.entry_id, s.field from audit.secret s join about using (entry_id) where s.value is not null
        union
        select entry_id, field from naming
      )
      update audit.secret s set value = null, salt = null, erased_at = erase.at
        from going where s.entry_id = going.entry_id and s.field = going.field;
      get diagnostics erased = row_count;
      return erased;
    end $$`);
  await knex.raw('revoke all on function audit.erase(text[], uuid, timestamptz) from public');
  await knex.raw('grant execute on function audit.erase(text[], uuid, timestamptz) to ??', [
    rows[0]?.owner ?? '',
  ]);
  await knex.raw('reset role');
};
