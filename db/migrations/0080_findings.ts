import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * Findings of a breach of confidentiality, in place of a day on the register that nobody could enter. A finding is neither
 * changed nor taken back; it is weighed until its last day.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.findings (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity unique,
      councillor_id uuid not null references public.councillors (id) on delete cascade,
      body text not null,
      found_on date not null,
      minute text not null,
      until date not null constraint findings_span_check check (until >= found_on),
      recorded_at timestamptz not null,
      recorded_by uuid not null references public.people (id)
    )`);
  await knex.raw('create index findings_by_councillor on public.findings (councillor_id, until)');
  await govern(knex, 'findings', ['select', 'insert']);
  await knex.raw('alter table public.councillors drop column breach_upheld_on');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.councillors add column breach_upheld_on date null');
  await knex.raw('drop table public.findings');
};
