import type { Knex } from 'knex';

/**
 * Guards that keep what was written as it was written: they let the functions of a redaction put a mark in the place
 * of a text, and nobody else change one. Their other checks hold as before.
 */
const guards: readonly (readonly [table: string, trigger: string])[] = [
  ['answers', 'answers_frozen'],
  ['sign_offs', 'sign_offs_kept'],
  ['grants', 'grants_kept'],
  ['grant_freezes', 'grant_freezes_kept'],
  ['incidents', 'incidents_kept'],
  ['visits', 'visits_kept'],
  ['visit_questions', 'visit_questions_kept'],
  ['attendances', 'attendances_authorised'],
  ['reviews', 'reviews_kept'],
  ['releases', 'releases_kept'],
  ['statutory_rights', 'statutory_rights_kept'],
  ['lifts', 'lifts_kept'],
  ['hearings', 'hearings_kept'],
  ['legal_holds', 'legal_holds_kept'],
  ['address_changes', 'address_changes_kept'],
  ['code_keys', 'code_keys_once'],
  ['code_keys', 'code_keys_removal'],
];

const unlessRedacting = 'WHEN ((NOT is_redacting())) ';

const rebuild = async (
  knex: Knex,
  [table, trigger]: readonly [string, string],
  change: (definition: string) => string,
): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { made: string }[] }>(
    `select pg_get_triggerdef(t.oid) as made from pg_trigger t
      where t.tgrelid = ?::regclass and t.tgname = ?`,
    [`public.${table}`, trigger],
  );
  const made = rows[0]?.made;
  if (made === undefined) throw new Error(`There is no guard ${trigger}.`);
  await knex.raw('drop trigger ?? on public.??', [trigger, table]);
  await knex.raw(change(made).replaceAll('?', String.raw`\?`));
  await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
};

/** A transaction is redacting while a function of ours says so, which takes it back before it returns. */
export const changing = async (knex: Knex): Promise<void> => {
  await knex.raw('create table runtime.redacting (txid xid8 primary key)');
  await knex.raw(`
    create function public.is_redacting() returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select exists (select from runtime.redacting where txid = pg_current_xact_id_if_assigned())
    $$`);
  await knex.raw('revoke all on function public.is_redacting() from public');
  await knex.raw('grant execute on function public.is_redacting() to ntk_service');
  for (const guard of guards)
    await rebuild(knex, guard, (made) =>
      made.replace('EXECUTE FUNCTION', `${unlessRedacting}EXECUTE FUNCTION`),
    );
};

export const notChanging = async (knex: Knex): Promise<void> => {
  for (const guard of guards)
    await rebuild(knex, guard, (made) => made.replace(/WHEN \(\(NOT (public\.)?is_redacting\(\)\)\) /, ''));
  await knex.raw('drop function public.is_redacting()');
  await knex.raw('drop table runtime.redacting');
};
