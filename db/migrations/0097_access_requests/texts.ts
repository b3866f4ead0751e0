import type { Knex } from 'knex';
import { listTexts, readNoMoreWith, readWith } from '../listed-texts.js';
import { reshape } from '../reshape.js';

/** The copy that a released file holds goes with its text. */
const copies = `
      update public.access_passages t set said = swap_text.mark
        where t.said = swap_text.said and t.councillor_id = coalesce(given.councillor_id,
          (select own.councillor_id from public.requests own where own.id = given.request_id));
      get diagnostics rows = row_count;
      swapped := swapped + rows;
      `;
const before = 'delete from runtime.redacting';

/** The texts of an access request can be reported and erased as any other. */
export const texts = async (knex: Knex): Promise<void> => {
  await readWith(knex, 'access');
  await reshape(knex, 'swap_text', before, `${copies}${before}`);
  const ofRequest = (column: string): string =>
    `(select a.${column} from public.access_requests a where a.id = t.access_request_id)`;
  await listTexts(knex, () =>
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
  await listTexts(knex, () => knex('stored_texts').where({ read_with: 'access' }).delete());
  await readNoMoreWith(knex, 'access');
  await reshape(knex, 'swap_text', copies, '');
};
