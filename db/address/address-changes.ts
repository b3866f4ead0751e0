/** Changes of the address with which somebody signs in, as they are asked for and confirmed. */
import type { Knex } from 'knex';

/** Asks for a change of the address of today, in place of an earlier one. */
export const askAddressChange = async (
  trx: Knex.Transaction,
  {
    person,
    was,
    email,
    by,
    reasons,
    at,
  }: {
    readonly person: string;
    readonly was: string;
    readonly email: string;
    readonly by: string;
    readonly reasons: string;
    readonly at: Date;
  },
): Promise<void> => {
  const asked = { was, email, asked_by: by, asked_at: at, reasons, confirmed_by: null };
  await trx('address_changes')
    .insert({ person_id: person, ...asked })
    .onConflict('person_id')
    .merge(asked);
};

export const withdrawAddressChange = async (trx: Knex.Transaction, person: string): Promise<void> => {
  await trx('address_changes')
    .where({ person_id: person })
    .update({ was: null, email: null, asked_by: null, asked_at: null, reasons: null });
};

/** Changes the address to the one that was asked for, since somebody else confirms it. */
export const changeAddress = async (
  trx: Knex.Transaction,
  {
    person,
    email,
    was,
    by,
  }: { readonly person: string; readonly email: string; readonly was: string; readonly by: string },
): Promise<void> => {
  await trx('address_changes').where({ person_id: person }).update({ confirmed_by: by, left_email: was });
  await trx('people').where({ id: person }).update({ email });
};
