import type { Knex } from 'knex';

/**
 * Counts of tries to sign in that one statement can make and judge, each with the moment from which the next is free; and
 * the browsers in which somebody has signed in before, which a change of the password makes strangers again.
 */
export const up = async (knex: Knex): Promise<void> => {
  // What was counted until now ran out within a quarter of an hour.
  await knex.raw('delete from runtime.limits');
  await knex.raw(`
    alter table runtime.limits
      drop column expire,
      add column free_at timestamptz not null default now(),
      add column ends_at timestamptz not null default now(),
      add constraint limits_points_check check (points >= 0)`);
  await knex.raw('create index limits_by_end on runtime.limits (ends_at)');
  await knex.raw(`
    create table runtime.known_browsers (
      person_id uuid not null references public.people (id) on delete cascade,
      token_hash bytea not null constraint known_browsers_hash_check check (octet_length(token_hash) = 32),
      ends_at timestamptz not null,
      primary key (person_id, token_hash)
    )`);
  await knex.raw('create index known_browsers_by_end on runtime.known_browsers (ends_at)');
  await knex.raw(`
    create function runtime.forget_known_browsers() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    begin
      delete from runtime.known_browsers where person_id = new.id;
      return null;
    end $$`);
  await knex.raw(`
    create trigger known_browsers_of_changed_password after update of password_hash on public.people
      for each row when (new.password_hash is distinct from old.password_hash)
      execute function runtime.forget_known_browsers()`);
  await knex.raw('grant select, insert, delete on runtime.known_browsers to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger known_browsers_of_changed_password on public.people');
  await knex.raw('drop function runtime.forget_known_browsers()');
  await knex.raw('drop table runtime.known_browsers');
  await knex.raw('delete from runtime.limits');
  await knex.raw('drop index runtime.limits_by_end');
  await knex.raw(`
    alter table runtime.limits
      drop constraint limits_points_check,
      drop column free_at,
      drop column ends_at,
      add column expire bigint`);
};
