import type { Knex } from 'knex';
import { holdersOfEach } from '../../db/people/people.js';
import { londonDate } from '../../policies/core/time/london.js';
import { isNamable } from '../../policies/review/review.js';
import { seats } from '../../policies/core/office.js';
import type { Named } from '../../policies/core/separated.js';
import type { ObservationRequest } from '../../policies/request/request.js';

/**
 * The offices of a request without anyone free to act today, so that the Chief Executive may name a person: the
 * Monitoring Officer's in a review, and the unsigned seats of a remitted request.
 */
export const namable = async (
  db: Knex,
  row: ObservationRequest,
  now: Date,
): Promise<readonly Named['office'][]> => {
  const among: readonly Named['office'][] =
    row.status !== 'submitted'
      ? ['monitoring_officer']
      : seats.filter((office) => !row.seats.some((seat) => seat.office === office));
  const holders = await holdersOfEach(db, among, londonDate(now));
  return among.filter((office) => isNamable(office, holders.get(office) ?? [], row));
};
