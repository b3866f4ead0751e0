import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * What time itself brings about: who is told that something is due, or was missed, gathered into one message a
 * person; what each wishes to be reminded of; and what a message carries besides its words.
 */
export const up = async (knex: Knex): Promise<void> => {
  await reminders(knex);
  await messages(knex);
  await questionsMove(knex);
  // One row a job, for whoever keeps the service running: a working state, and so not governed.
  await knex.raw(`
    create table runtime.job_runs (
      job text primary key,
      started_at timestamptz not null,
      finished_at timestamptz null,
      done int null,
      failed_at timestamptz null,
      fault text null,
      failures int not null default 0
    )`);
  await knex.raw('grant select, insert, update on runtime.job_runs to ntk_service');
};

const reminders = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.reminders (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity,
      key text not null constraint reminders_key_unique unique,
      request_id bigint null references public.requests (id) on delete cascade,
      councillor_id uuid null references public.councillors (id) on delete cascade,
      what text not null,
      step text not null,
      called text not null,
      due_on date null,
      fell_due_at timestamptz not null,
      recorded_at timestamptz not null
    )`);
  await knex.raw('create index reminders_by_request on public.reminders (request_id, seq)');
  await knex.raw('create index reminders_by_councillor on public.reminders (councillor_id)');
  await govern(knex, 'reminders', ['select', 'insert']);
  await knex.raw(`
    create table public.reminder_recipients (
      reminder_id uuid not null references public.reminders (id) on delete cascade,
      person_id uuid not null references public.people (id) on delete cascade,
      gathered_at timestamptz null,
      message_id uuid null references public.messages (id) on delete set null,
      primary key (reminder_id, person_id),
      constraint reminder_recipients_gathered_check check (message_id is null or gathered_at is not null)
    )`);
  await knex.raw(
    'create index reminder_recipients_waiting on public.reminder_recipients (person_id) where gathered_at is null',
  );
  await knex.raw(
    'create index reminder_recipients_by_message on public.reminder_recipients (message_id) where message_id is not null',
  );
  await govern(knex, 'reminder_recipients', ['select', 'insert', 'update']);
  await knex.raw(`
    create table public.reminder_wishes (
      person_id uuid primary key references public.people (id) on delete cascade,
      wish text not null constraint reminder_wishes_wish_check check (wish in ('digest', 'each', 'none')),
      at timestamptz not null
    )`);
  await govern(knex, 'reminder_wishes', ['select', 'insert', 'update']);
};

const messages = async (knex: Knex): Promise<void> => {
  // The visit whose day goes into a calendar, and the checkpoint that a message carries.
  await knex.raw(`
    alter table public.messages
      add column visit_id uuid null references public.visits (id) on delete cascade,
      add column checkpoint_seq bigint null references audit.checkpoints (seq)`);
  await knex.raw('create index messages_by_visit on public.messages (visit_id) where visit_id is not null');
  await knex.raw(
    'create index messages_failed on public.messages (failed_at desc, id desc) where failed_at is not null',
  );
  await knex.raw(`create index messages_unsent on public.messages (reference)
    where sent_at is null and kind = 'request_received'`);
};

/** The day by which an open question is answered moves with the calendar; what was answered stays as it is. */
const questionsMove = async (knex: Knex): Promise<void> => {
  await knex.raw(keepQuestion(`array['response', 'to_committee', 'answered_at', 'answered_by', 'due_on']`));
};

const keepQuestion = (changing: string): string => `
  create or replace function public.keep_question() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      answer text[] := ${changing};
    begin
      if old.answered_at is not null or (to_jsonb(new) - answer) <> (to_jsonb(old) - answer) then
        raise exception 'a question is answered once and changes in nothing else'
          using errcode = '23514', constraint = 'visit_questions_kept';
      end if;
      return new;
    end $$`;

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table runtime.job_runs');
  await knex.raw(keepQuestion(`array['response', 'to_committee', 'answered_at', 'answered_by']`));
  for (const table of ['reminder_wishes', 'reminder_recipients', 'reminders'])
    await knex.raw('drop table public.??', [table]);
  await knex.raw('drop index public.messages_unsent');
  await knex.raw('drop index public.messages_failed');
  await knex.raw('alter table public.messages drop column checkpoint_seq, drop column visit_id');
};
