import type { Knex } from 'knex';

/** SQL: whether papers are due under the right that was last recorded of the version of the request `new`. */
const underRight = `coalesce((select s.due_on is not null from public.statutory_rights s
  where s.request_id = new.id and s.version = new.version order by s.seq desc limit 1), false)`;

const before = `case new.status when 'returned' then 'answer_returned' else 'clock' end`;
const after = `case when new.status = 'returned' and not ${underRight} then 'answer_returned' else 'clock' end`;

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

/** The clock of a right to papers runs on while the request is with the councillor (need-to-know.md, section 3a). */
export const up = (knex: Knex): Promise<void> => reshape(knex, before, after);

export const down = (knex: Knex): Promise<void> => reshape(knex, after, before);
