import type { Knex } from 'knex';

/**
 * A right holds for the version that it was recorded on, and so does what was released under it: other
 * papers are another question. A right ends the sign-offs that stand. And which stage continues which.
 */
export const up = async (knex: Knex): Promise<void> => {
  await voidedBecause(knex, ['edited', 'answer_changed', 'withdrawn', 'right_recorded']);
  await knex.raw('alter table public.releases add column version int not null default 1');
  await knex.raw('alter table public.releases alter column version drop default');
  await knex.raw(`
    create index request_versions_by_continues on public.request_versions ((content->>'continues'))
      where content \\? 'continues'`);
};

const voidedBecause = async (knex: Knex, reasons: readonly string[]): Promise<void> => {
  await knex.raw('alter table public.sign_offs drop constraint sign_offs_voided_check');
  await knex.raw(`
    alter table public.sign_offs add constraint sign_offs_voided_check
      check (voided_because in (${reasons.map((reason) => `'${reason}'`).join(', ')}))`);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index public.request_versions_by_continues');
  await knex.raw('alter table public.releases drop column version');
  await voidedBecause(knex, ['edited', 'answer_changed', 'withdrawn']);
};
