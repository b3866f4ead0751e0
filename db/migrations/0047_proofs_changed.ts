import type { Knex } from 'knex';

/** The columns of a proof that a command changes; whose it is and when a recovery code was made stay as they were written. */
const changed: Readonly<Record<string, readonly string[]>> = {
  code_keys: [
    'sealed',
    'since',
    'last_step',
    'new_sealed',
    'new_since',
    'removal_asked_by',
    'removal_confirmed_by',
  ],
  recovery_codes: ['used_at'],
};

export const up = async (knex: Knex): Promise<void> => {
  for (const [table, columns] of Object.entries(changed)) {
    const named = columns.map(() => '??').join(', ');
    await knex.raw('revoke update on public.?? from ntk_service', [table]);
    await knex.raw(`grant update (${named}) on public.?? to ntk_service`, [...columns, table]);
  }
};

export const down = async (knex: Knex): Promise<void> => {
  for (const table of Object.keys(changed))
    await knex.raw('grant update on public.?? to ntk_service', [table]);
};
