import type { Knex } from 'knex';

/**
 * What somebody typed into a form that was not sent since their session had ended, sealed, until they have signed in again
 * and at most for an hour. One for each person and page; a suspension ends it. A working state, in the schema `runtime`.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table runtime.unsent_forms (
      person_id uuid not null references public.people (id) on delete cascade,
      page text not null constraint unsent_page check (page like '/%' and length(page) <= 300),
      sealed bytea not null constraint unsent_size check (octet_length(sealed) <= 1000000),
      at timestamptz not null,
      constraint unsent_form_of_page primary key (person_id, page)
    )`);
  await knex.raw('create index unsent_forms_by_age on runtime.unsent_forms (at)');
  await knex.raw(`
    create function runtime.forget_unsent_forms() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    begin
      delete from runtime.unsent_forms where person_id = new.id;
      return null;
    end $$`);
  await knex.raw(`
    create trigger unsent_forms_of_suspended after update of suspended_at on public.people
      for each row when (new.suspended_at is not null) execute function runtime.forget_unsent_forms()`);
  await knex.raw('grant select, insert, delete, update (sealed, at) on runtime.unsent_forms to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger unsent_forms_of_suspended on public.people');
  await knex.raw('drop function runtime.forget_unsent_forms()');
  await knex.raw('drop table runtime.unsent_forms');
};
