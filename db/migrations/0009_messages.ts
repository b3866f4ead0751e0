import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Messages to people: the outbox and the delivery record in one. A row names whom, what and which case,
 * never the words: those are rendered when it is sent, from what the reader may then see.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.messages (
      id uuid primary key default gen_random_uuid(),
      key text not null constraint messages_key_unique unique,
      to_person uuid not null,
      kind text not null,
      reference text not null,
      action text null,
      due date null,
      created_at timestamptz not null default now(),
      attempts int not null default 0 constraint messages_attempts_check check (attempts >= 0),
      next_attempt_at timestamptz not null default now(),
      sent_at timestamptz null,
      failed_at timestamptz null,
      last_error text null,
      constraint messages_sent_or_failed_check check (sent_at is null or failed_at is null)
    )`);
  // The dispatcher's question: what is due now, oldest first?
  await knex.raw(`
    create index messages_waiting on public.messages (next_attempt_at, created_at)
      where sent_at is null and failed_at is null`);
  await knex.raw('create index messages_by_person on public.messages (to_person, created_at)');
  await govern(knex, 'messages', ['select', 'insert', 'update']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.messages');
};
