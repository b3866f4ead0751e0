import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Links with which people set their password: each works once and for a time. Only the hash of what the link holds is
 * stored, so that who reads the table can open none. A message carries the link by its id, and its words are made when it
 * is sent.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.password_links (
      id uuid primary key,
      person_id uuid not null references public.people (id) on delete cascade,
      token_hash bytea not null constraint password_links_hash_check check (octet_length(token_hash) = 32),
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz null,
      constraint password_links_span_check check (expires_at > made_at and expires_at <= made_at + interval '24 hours'),
      constraint password_links_hash_unique unique (token_hash)
    )`);
  await knex.raw('create index password_links_by_person on public.password_links (person_id)');
  // A link that was used stays used, and none lasts longer than it was made to.
  await knex.raw(`
    create function public.keep_password_link() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if old.used_at is not null
        or (new.id, new.person_id, new.token_hash, new.made_at, new.expires_at)
          is distinct from (old.id, old.person_id, old.token_hash, old.made_at, old.expires_at) then
        raise exception 'a link works once' using errcode = '23514', constraint = 'password_links_once',
          schema = 'public', table = 'password_links';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger password_links_once before update on public.password_links
      for each row execute function public.keep_password_link()`);
  // A link went to the address of then: nobody who reads mail there sets the password of who has another by now. Nor does
  // one outlast a suspension.
  await knex.raw(`
    create function public.void_password_links() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      update public.password_links set used_at = now() where person_id = new.id and used_at is null;
      return null;
    end $$`);
  await knex.raw(`
    create trigger password_links_of_changed_account after update of email, suspended_at on public.people
      for each row when (new.email is distinct from old.email or (new.suspended_at is not null and old.suspended_at is null))
      execute function public.void_password_links()`);
  await govern(knex, 'password_links', ['select', 'insert', 'update']);
  await knex.raw(
    'alter table public.messages add column link_id uuid null references public.password_links (id)',
  );
  await knex.raw('create index messages_by_link on public.messages (link_id) where link_id is not null');
  // When the password was set, and since when a session counts: none that began before.
  await knex.raw(`
    alter table public.people
      add column password_set_at timestamptz null,
      add column sessions_from timestamptz null`);
  // How often a link was asked for lately, by address and by source, neither of them in clear.
  await knex.raw(`
    create table runtime.links_asked (
      key text primary key,
      times int not null,
      until timestamptz not null
    )`);
  await knex.raw('grant select, insert, update, delete on runtime.links_asked to ntk_service');
  await knex.raw(`create index sessions_by_person on runtime.sessions ((sess #>> '{passport,user,id}'))`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index runtime.sessions_by_person');
  await knex.raw('drop table runtime.links_asked');
  await knex.raw('alter table public.people drop column password_set_at, drop column sessions_from');
  await knex.raw('alter table public.messages drop column link_id');
  await knex.raw('drop trigger password_links_of_changed_account on public.people');
  await knex.raw('drop table public.password_links');
  await knex.raw('drop function public.keep_password_link(), public.void_password_links()');
};
