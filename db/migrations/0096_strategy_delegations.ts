import type { Knex } from 'knex';
import { govern } from './govern.js';
import { listTexts } from './listed-texts.js';

/**
 * To whom the Director has delegated the sign-off of strategy discussions in writing. An entry never changes, and the latest
 * of a person that has begun counts: one that ended yesterday ends it today.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.strategy_delegations (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      delegate_id uuid not null references public.people (id),
      delegated_by uuid not null references public.people (id),
      from_date date not null,
      to_date date not null,
      authority text not null constraint strategy_delegations_authority_check check (btrim(authority) <> ''),
      recorded_at timestamptz not null,
      recorded_by uuid not null references public.people (id),
      constraint strategy_delegations_span_check check (to_date >= from_date),
      constraint strategy_delegations_two_people_check check (delegate_id <> delegated_by)
    )`);
  await knex.raw(
    'create index strategy_delegations_by_person on public.strategy_delegations (delegate_id, seq desc)',
  );
  await govern(knex, 'strategy_delegations', ['select', 'insert']);
  await listTexts(knex, () =>
    knex.raw(`
    insert into public.stored_texts (kind, field, held_in, held_as, id_sql, request_sql, author_sql, read_with, read_at_sql)
      select 'strategy_delegation', field, 'strategy_delegations', held_as, id_sql, request_sql, author_sql, read_with, read_at_sql
        from public.stored_texts where kind = 'deputy' and field = 'authority'`),
  );
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () => knex.raw(`delete from public.stored_texts where kind = 'strategy_delegation'`));
  await knex.raw('drop table public.strategy_delegations');
};
