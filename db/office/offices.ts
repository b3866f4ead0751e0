import type { Knex } from 'knex';
import { z } from 'zod';
import type { Office } from '../../policies/core/office.js';
import type { Days, GivenCapacity } from '../../policies/office/office-held.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';
import { day } from '../core/rows/stored.js';

/** The days of those who are, were or will be head of that office. */
export const headsOf = async (db: Knex, office: Office): Promise<Days[]> =>
  rowsOf(
    z.strictObject({ from: day.nullable(), to: day.nullable() }),
    db('offices_held').where({ office, head: true }).select('from_date as from', 'to_date as to'),
  );

/** Whether this person is the last who keeps that office: who can sign in and holds it for good. */
export const isLastKeeper = async (db: Knex, personId: string, office: Office): Promise<boolean> => {
  const keepers = await rowsOf(idOnly, db.raw('select keepers_of(?) as id', [office]));
  return keepers.length === 1 && keepers[0]?.id === personId;
};

export interface NewOffice extends Days {
  readonly personId: string;
  readonly office: Office;
  readonly capacity: GivenCapacity;
  readonly head: boolean;
  readonly authority: string | null;
  readonly by: string;
  readonly at: Date;
}

/** Gives an office, which counts for nothing until it is confirmed. */
export const insertOffice = async (trx: Knex.Transaction, given: NewOffice): Promise<void> => {
  await trx('offices_held').insert({
    person_id: given.personId,
    office: given.office,
    capacity: given.capacity,
    head: given.head,
    delegation: given.authority,
    from_date: given.from,
    to_date: given.to,
    given_by: given.by,
    given_at: given.at,
  });
};

export const confirmOffice = async (
  trx: Knex.Transaction,
  id: string,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> => {
  await trx('offices_held').where({ id }).update({ confirmed_by: by, confirmed_at: at });
};

/** Ends an office on that day, its last; null takes back one that never counted. */
export const endOffice = async (trx: Knex.Transaction, id: string, last: string | null): Promise<void> => {
  const office = trx('offices_held').where({ id });
  await (last === null ? office.delete() : office.update({ to_date: last }));
};
