import type { Knex } from 'knex';

/** Of the keys of codes, and of recovery codes, the service changes what its commands change, and no more. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('revoke update, delete on public.code_keys, public.recovery_codes from ntk_service');
  await knex.raw(
    'grant update (sealed, since, last_step, new_sealed, new_since) on public.code_keys to ntk_service',
  );
  await knex.raw('grant update (used_at), delete on public.recovery_codes to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('grant update, delete on public.code_keys, public.recovery_codes to ntk_service');
};
