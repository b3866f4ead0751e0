import type { Knex } from 'knex';
import { reshape } from './reshape.js';

const before = `('submitted', 'returned', 'refused')`;
const after = `('submitted', 'returned', 'refused', 'approved')`;

/**
 * The review of an end has a day of its own while it waits: the Monitoring Officer is reminded of it, and a missed one
 * escalates, as with the review of a refusal (need-to-know.md, sections 4 and 7).
 */
export const up = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'due_days_of_request', before, after, 'runtime');
  await knex.raw(`
    insert into runtime.due_days (request_id, kind, subject, due_on)
      select r.id, 'clock', null, r.due_on from public.requests r
        where r.status = 'approved' and r.due_on is not null
      on conflict on constraint due_days_unique do nothing`);
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'due_days_of_request', after, before, 'runtime');
  await knex.raw(`
    delete from runtime.due_days d using public.requests r
      where r.id = d.request_id and d.kind = 'clock' and r.status = 'approved'`);
};
