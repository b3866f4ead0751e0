import type { Knex } from 'knex';
import type { Condition } from '../../policies/grant/condition.js';
import type { Grant } from '../../policies/grant/grant.js';
import { allowed } from '../core/rows/tables.js';
import { within } from '../core/rows/within.js';

export interface GrantEnd {
  /** When it ended: for a lapse when the limit was over, not when that was found. */
  readonly at: Date;
  readonly because: NonNullable<Grant['endedBecause']>;
  /** In words: of a revocation alone. */
  readonly reasons: string | null;
  /** How the councillor is told: of a revocation alone. */
  readonly cause: Grant['endCause'];
  /** The reasons written for the councillor, who reads no others. */
  readonly told: string | null;
  /** Whether it rests on other facts than those of an incident that was released and closed. */
  readonly otherFacts?: boolean;
  /** The person; null if it ended by itself. */
  readonly by: string | null;
}

/**
 * Ends a grant, and with it the visits that end after that moment. An earlier visit took place under the grant, and
 * still needs its record.
 * @returns the visits that ended with it, by id
 */
export const endGrant = async (
  trx: Knex.Transaction,
  id: string,
  { at, because, reasons, cause, told, otherFacts = false, by }: GrantEnd,
): Promise<string[]> => {
  await trx('grants').where({ id }).update({
    ended_at: at,
    ended_because: because,
    end_reasons: reasons,
    end_cause: cause,
    end_told: told,
    end_other_facts: otherFacts,
    ended_by: by,
  });
  const ended = await trx('visits')
    .where({ grant_id: id })
    .whereNull('ended_at')
    .whereRaw(`((date + to_time::time) at time zone 'Europe/London') > ?`, [at])
    .whereNotExists((query) => {
      void query.from('attendances as a').whereRaw('a.visit_id = visits.id').select('a.visit_id');
    })
    .update({ ended_at: at, ended_because: 'grant_ended' })
    .returning('id');
  return ended.map(({ id: visit }) => visit);
};

/**
 * Takes a lapse back that rested on a slip in the register. The visits that ended with it stay called off.
 */
export const takeLapseBack = async (trx: Knex.Transaction, id: string): Promise<void> => {
  await trx('grants').where({ id }).update({ ended_at: null, ended_because: null });
};

/** Stores the new state of a condition, and who set it. */
export const markCondition = async (
  trx: Knex.Transaction,
  id: string,
  given: {
    readonly state: Condition['state'];
    readonly at: Date;
    readonly by: string;
    readonly office: string;
    readonly capacity: string;
  },
): Promise<void> => {
  await trx('grant_condition_states').insert({
    condition_id: id,
    state: given.state,
    at: given.at,
    person_id: given.by,
    office: within(allowed['grant_condition_states.office'], given.office),
    capacity: given.capacity,
  });
};
