import type { Knex } from 'knex';
import type { Lift } from '../../policies/need-to-know/lift.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import type { Seat } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';

/** An office’s word that is about to be written, under an id of its own. */
export type NewLift = Omit<Lift, 'name' | 'deputyFor' | 'voidedAt' | 'voidedBecause'> & {
  /** The id of the principal for whom a deputy speaks. */
  readonly deputyFor: string | null;
};

/** Writes what an office says of lifting a council rule, on the version that it names. */
export const liftingRule = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id'>,
  given: NewLift,
): Knex.QueryBuilder =>
  trx('lifts').insert({
    id: given.id,
    request_id: row.id,
    version: given.version,
    question: given.question,
    blocks: given.blocks,
    office: given.office,
    outcome: given.outcome,
    reasons: given.reasons,
    person_id: given.personId,
    capacity: given.capacity,
    deputy_for: given.deputyFor,
    at: given.at,
  });

/** Voids what the offices said on the current version, or the one word that is named; it stays on the record. */
export const voidLifts = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: {
    readonly at: Date;
    readonly because: NonNullable<Lift['voidedBecause']>;
    readonly of?: { readonly question: QuestionKey; readonly office: Seat };
  },
): Promise<void> => {
  await trx('lifts')
    .where({ request_id: row.id, version: row.version, ...given.of })
    .whereNull('voided_at')
    .update({ voided_at: given.at, voided_because: given.because });
};
