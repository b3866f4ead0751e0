import type { Knex } from 'knex';

const before = `('submitted', 'returned', 'refused')`;
const after = `('submitted', 'returned', 'refused', 'approved')`;

/** Writes the function that keeps the due day of a request again, with one part of it in other words. */
const reshape = async (knex: Knex, from: string, to: string): Promise<void> => {
  const { rows } = await knex.raw<{ rows: { source: string }[] }>(
    `select pg_get_functiondef(p.oid) as source from pg_proc p
       where p.proname = 'due_days_of_request' and p.pronamespace = 'runtime'::regnamespace`,
  );
  for (const { source } of rows) {
    if (!source.includes(from))
      throw new Error('The function that keeps due days is not the one that this changes.');
    // The text may have question marks of its own, which are no bindings.
    await knex.raw(source.replaceAll(from, to).replaceAll('?', '\\?'));
  }
};

/**
 * The review of an end has a day of its own while it waits: the Monitoring Officer is reminded of it, and a missed one
 * escalates, as with the review of a refusal (need-to-know.md, sections 4 and 7).
 */
export const up = async (knex: Knex): Promise<void> => {
  await reshape(knex, before, after);
  await knex.raw(`
    insert into runtime.due_days (request_id, kind, subject, due_on)
      select r.id, 'clock', null, r.due_on from public.requests r
        where r.status = 'approved' and r.due_on is not null
      on conflict on constraint due_days_unique do nothing`);
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, after, before);
  await knex.raw(`
    delete from runtime.due_days d using public.requests r
      where r.id = d.request_id and d.kind = 'clock' and r.status = 'approved'`);
};
