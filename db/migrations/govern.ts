import type { Knex } from 'knex';

export type Right = 'select' | 'insert' | 'update' | 'delete';

/**
 * Puts a table of ours under "no change without a trace": a commit that inserted, updated or deleted one
 * of its rows fails with 23514 `no_change_without_a_trace` unless the same transaction appended an audit
 * entry. Checked at commit, so the entry may come after the change.
 *
 * `truncate` fires no row trigger and is taken away from the service. The service's rights on the table
 * are exactly those given here.
 *
 * Dropping the table drops the trigger; `down` has nothing to undo.
 *
 * @param table a plain name in the schema `public`
 */
export const govern = async (
  knex: Knex,
  table: string,
  rights: readonly Right[] = ['select', 'insert', 'update', 'delete'],
): Promise<void> => {
  const trigger = `${table}_leaves_a_trace`;
  await knex.raw(
    `create constraint trigger ?? after insert or update or delete on public.??
       deferrable initially deferred for each row execute function audit.require_trace()`,
    [trigger, table],
  );
  // Otherwise a session in replica mode would skip it.
  await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  await knex.raw('revoke all on public.?? from public, ntk_service', [table]);
  if (rights.length > 0) await knex.raw(`grant ${rights.join(', ')} on public.?? to ntk_service`, [table]);
};
