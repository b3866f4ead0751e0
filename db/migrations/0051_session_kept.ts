import type { Knex } from 'knex';

/**
 * Who changes their own password stays signed in where they did so, and nowhere else: one session counts, although it began
 * before the moment from which sessions count. It is kept with a new password alone; what moves that moment again ends that
 * session too.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.people add column session_kept uuid null');
  await knex.raw(`
    create function public.keep_no_session_longer() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.password_hash is not distinct from old.password_hash then
        new.session_kept := null;
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger session_kept_once before update on public.people
      for each row when (new.sessions_from is distinct from old.sessions_from
        or new.session_kept is distinct from old.session_kept or (new.suspended_at is not null and old.suspended_at is null))
      execute function public.keep_no_session_longer()`);
  await knex.raw('grant update (session_kept) on public.people to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger session_kept_once on public.people');
  await knex.raw('drop function public.keep_no_session_longer()');
  await knex.raw('alter table public.people drop column session_kept');
};
