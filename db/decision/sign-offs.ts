import type { Knex } from 'knex';
import type { Ground } from '../../policies/need-to-know/grounds.js';
import type { SignOff, VoidedBecause } from '../../policies/decision/signed.js';
import type {
  Capacity,
  Condition,
  LiveSeat,
  ObservationRequest,
  Seat,
} from '../../policies/core/subjects.js';

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

/** Writes a sign-off on the current version and answers with its id. */
export const sign = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: {
    readonly office: Seat;
    readonly outcome: LiveSeat['outcome'];
    readonly reasons: string;
    readonly grounds: readonly Ground[];
    readonly conditions: readonly Condition[];
    readonly personId: string;
    readonly capacity: Capacity;
    readonly deputyFor: string | null;
    readonly at: Date;
  },
): Promise<string> => {
  const [signed] = await trx('sign_offs')
    .insert({
      request_id: row.id,
      version: row.version,
      office: given.office,
      outcome: given.outcome,
      reasons: given.reasons,
      grounds: given.grounds,
      conditions: JSON.stringify(given.conditions),
      person_id: given.personId,
      capacity: given.capacity,
      deputy_for: given.deputyFor,
      at: given.at,
    })
    .returning<{ id: string }[]>('id');
  return signed?.id ?? '';
};

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
