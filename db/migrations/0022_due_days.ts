import type { Knex } from 'knex';
import { deadlinesThatRun } from './0022_due_days/deadlines.js';
import { disposalDays } from './0022_due_days/disposal-days.js';

/**
 * Days that lists and jobs select by, so that a round costs what is due and not what is on record: the day from which
 * something of a councillor may be disposed of, and the day on which each open deadline is due.
 *
 * Both are worked out from governed tables, and triggers keep them: the service cannot write the first, and of the
 * second only what its jobs note. So they are a working state, in the schema `runtime`, and leave no trace of their own.
 */
export const up = async (knex: Knex): Promise<void> => {
  await disposalDays(knex);
  await deadlinesThatRun(knex);
  // Notifications are counted and disposed of by the day on which they were written.
  await knex.raw('create index messages_by_age on public.messages (created_at)');
};

const triggers: readonly (readonly [string, readonly string[]])[] = [
  ['councillors', ['disposal_days_of_entry', 'disposal_days_of_term']],
  ['register_history', ['disposal_days_of_history']],
  ['retention_schedule', ['disposal_days_of_schedule']],
  [
    'requests',
    [
      'disposal_days_of_request',
      'disposal_days_of_correction',
      'disposal_days_of_requests_gone',
      'due_days_of_request',
    ],
  ],
  ['reviews', ['due_days_of_review']],
  ['messages', ['due_days_of_receipt', 'due_days_of_sending', 'due_days_of_receipt_gone']],
  ['visits', ['due_days_of_visit']],
  ['attendances', ['due_days_of_attendance']],
  ['visit_questions', ['due_days_of_question']],
  ['grant_freezes', ['due_days_of_freeze']],
  ['grants', ['due_days_of_grant']],
];

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop index public.messages_by_age');
  for (const [table, names] of triggers)
    for (const name of names) await knex.raw('drop trigger ?? on public.??', [name, table]);
  for (const name of ['receipt', 'visit', 'attendance', 'question', 'freeze', 'grant', 'request', 'review'])
    await knex.raw(`drop function runtime.due_days_of_${name}()`);
  await knex.raw('drop function runtime.keep_freeze_due(uuid, boolean)');
  await knex.raw('drop function runtime.keep_due_day(bigint, text, uuid, date, boolean)');
  for (const name of ['entry', 'history', 'request', 'gone', 'schedule'])
    await knex.raw(`drop function runtime.disposal_days_of_${name}()`);
  await knex.raw('drop function runtime.keep_disposal_day(uuid, date)');
  await knex.raw('drop table runtime.due_days');
  await knex.raw('drop table runtime.disposal_days');
};
