import type { Knex } from 'knex';
import type { SignOff, VoidedBecause } from '../../policies/decision/signed.js';
import type { Seat } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { storedAs } from '../core/rows/stored.js';
import { signedRow, signOffSelected, storedSignOff } from './stored-sign-off.js';

/** Every sign-off of a request, of every version, oldest first. */
export const signOffsOf = async (db: Knex, row: Pick<ObservationRequest, 'id'>): Promise<SignOff[]> => {
  const rows = await rowsOf(
    storedAs(storedSignOff),
    db.raw(
      `select json_build_object(${signOffSelected}) as stored
       from sign_offs s where s.request_id = ? order by s.seq`,
      [row.id],
    ),
  );
  return rows.map(({ stored }) => stored);
};

/** A sign-off that is about to be written, under an id of its own. */
export type NewSignOff = Omit<SignOff, 'name' | 'deputyFor' | 'voidedAt' | 'voidedBecause'> & {
  /** The id of the principal for whom a deputy signs. */
  readonly deputyFor: string | null;
};

/** Writes a sign-off on the version that it names. */
export const signing = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id'>,
  given: NewSignOff,
): Knex.QueryBuilder =>
  trx('sign_offs').insert({
    id: given.id,
    request_id: row.id,
    version: given.version,
    office: given.office,
    ...signedRow(given),
    person_id: given.personId,
    capacity: given.capacity,
    deputy_for: given.deputyFor,
    considered: [...given.considered],
    at: given.at,
  });

/** Voids the sign-offs that stand on the current version, or that of one office; they stay on the record. */
export const voidSeats = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: {
    readonly at: Date;
    readonly because: VoidedBecause;
    readonly office?: Seat;
    readonly reasons?: string;
  },
): Promise<{ personId: string; office: Seat }[]> => {
  const rows = await trx('sign_offs')
    .where({ request_id: row.id, version: row.version, ...(given.office ? { office: given.office } : {}) })
    .whereNull('voided_at')
    .update({ voided_at: given.at, voided_because: given.because, void_reasons: given.reasons ?? null })
    .returning(['person_id', 'office']);
  return rows.map(({ person_id: personId, office }) => ({ personId, office }));
};
