import type { Knex } from 'knex';

const considered = async (knex: Knex, kinds: string): Promise<void> => {
  await knex.raw('alter table public.sign_offs drop constraint sign_offs_considered_check');
  await knex.raw(`alter table public.sign_offs add constraint sign_offs_considered_check
    check (considered <@ array[${kinds}])`);
};

/** A signer confirms as well that what looks like an address is no home that must not be found. */
export const up = (knex: Knex): Promise<void> => considered(knex, `'name', 'party', 'address'`);

/** What was confirmed of an address is left out again: there is no word for it. */
export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.sign_offs disable trigger user');
  await knex.raw(`update public.sign_offs set considered = array_remove(considered, 'address')`);
  await knex.raw('alter table public.sign_offs enable trigger user');
  await considered(knex, `'name', 'party'`);
};
