import type { Knex } from 'knex';

const definition = async (knex: Knex, sql: string): Promise<string> => {
  const { rows } = await knex.raw<{ rows: { made: string }[] }>(`select ${sql} as made`);
  return rows[0]?.made ?? '';
};
const written = (text: string): string => text.replaceAll('?', String.raw`\?`);

const readWith = `pg_get_constraintdef((select oid from pg_constraint where conname = 'stored_texts_read_with_check'))`;
const swapping = `pg_get_functiondef('public.swap_text(public.redactions, text, text)'::regprocedure)`;

/** The copy that a released file holds goes with its text. */
const copies = `
      update public.access_passages t set said = swap_text.mark
        where t.said = swap_text.said and t.councillor_id = coalesce(given.councillor_id,
          (select own.councillor_id from public.requests own where own.id = given.request_id));
      get diagnostics rows = row_count;
      swapped := swapped + rows;
      `;
const before = 'delete from runtime.redacting';

const rewritten = async (
  knex: Knex,
  [readings, swap]: readonly [(made: string) => string, (made: string) => string],
): Promise<void> => {
  const check = await definition(knex, readWith);
  await knex.raw('alter table public.stored_texts drop constraint stored_texts_read_with_check');
  await knex.raw(
    `alter table public.stored_texts add constraint stored_texts_read_with_check ${written(readings(check))}`,
  );
  await knex.raw(written(swap(await definition(knex, swapping))));
};

/** The table of texts says how the schema is: a migration changes it as it changes the schema, without an entry. */
const untraced = async (knex: Knex, work: () => Promise<unknown>): Promise<void> => {
  await knex.raw('alter table public.stored_texts disable trigger stored_texts_leaves_a_trace');
  await work();
  await knex.raw('alter table public.stored_texts enable always trigger stored_texts_leaves_a_trace');
};

/** The texts of an access request can be reported and erased as any other. */
export const texts = async (knex: Knex): Promise<void> => {
  await rewritten(knex, [
    (made) => made.replace(']', `, 'access'::text]`),
    (made) => made.replace(before, `${copies}${before}`),
  ]);
  const ofRequest = (column: string): string =>
    `(select a.${column} from public.access_requests a where a.id = t.access_request_id)`;
  await untraced(knex, () =>
    knex.raw(
      `insert into public.stored_texts (kind, field, held_in, held_as, id_sql, councillor_sql, author_sql, read_with, read_at_sql)
      values ('access_request', 'by', 'access_requests', 'asked_by', 't.id::text', 't.councillor_id', 't.opened_by', 'access', 't.id::text'),
        ('access_request', 'extendedReasons', 'access_requests', 'extended_reasons', 't.id::text', 't.councillor_id', 't.extended_by', 'access', 't.id::text'),
        ('access_mark', 'instead', 'access_marks', 'instead', 't.access_request_id::text || ''/'' || t.passage', :councillor, 't.marked_by', 'access', 't.access_request_id::text'),
        ('access_passage', 'instead', 'access_passages', 'instead', 't.id::text', 't.councillor_id', 't.marked_by', 'access', 't.access_request_id::text'),
        ('access_passage', 'said', 'access_passages', 'said', 't.id::text', 't.councillor_id', null, 'access', 't.access_request_id::text')`,
      { councillor: ofRequest('councillor_id') },
    ),
  );
};

export const notTexts = async (knex: Knex): Promise<void> => {
  await untraced(knex, () => knex('stored_texts').where({ read_with: 'access' }).delete());
  await rewritten(knex, [(made) => made.replace(`, 'access'::text`, ''), (made) => made.replace(copies, '')]);
};
