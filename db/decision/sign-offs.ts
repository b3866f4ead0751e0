import type { Knex } from 'knex';
import type { SignOff, VoidedBecause } from '../../policies/decision/signed.js';
import type { Seat } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';

/** Every sign-off of a request, of every version, oldest first. */
export const signOffsOf = async (db: Knex, row: Pick<ObservationRequest, 'id'>): Promise<SignOff[]> =>
  db('sign_offs as s')
    .join('people as p', 'p.id', 's.person_id')
    .leftJoin('people as d', 'd.id', 's.deputy_for')
    .where('s.request_id', row.id)
    .orderBy('s.seq')
    .select(
      's.id',
      's.version',
      's.office',
      's.outcome',
      's.reasons',
      's.grounds',
      's.conditions',
      's.person_id as personId',
      'p.name',
      's.capacity',
      'd.name as deputyFor',
      's.at',
      's.voided_at as voidedAt',
      's.voided_because as voidedBecause',
    );

/** A sign-off that is about to be written, under an id of its own. */
export type NewSignOff = Omit<SignOff, 'name' | 'deputyFor' | 'voidedAt' | 'voidedBecause'> & {
  /** The id of the principal whom a deputy signs for. */
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
    outcome: given.outcome,
    reasons: given.reasons,
    grounds: given.grounds,
    conditions: JSON.stringify(given.conditions),
    person_id: given.personId,
    capacity: given.capacity,
    deputy_for: given.deputyFor,
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
): Promise<{ personId: string; office: Seat }[]> =>
  trx('sign_offs')
    .where({ request_id: row.id, version: row.version, ...(given.office ? { office: given.office } : {}) })
    .whereNull('voided_at')
    .update({ voided_at: given.at, voided_because: given.because, void_reasons: given.reasons ?? null })
    .returning<{ personId: string; office: Seat }[]>(['person_id as personId', 'office']);
