import type { Knex } from 'knex';
import { reshape } from './reshape.js';

/** What the guard of 0092 asks, and what it asks from here on. */
const asked: readonly (readonly [before: string, after: string])[] = [
  [
    `new.end_cause is distinct from 'to_protect_others' and exists (`,
    `not (new.end_cause is not distinct from 'to_protect_others' and exists (
        select from public.visits v where v.grant_id = new.id
          and v.ended_because in ('blocked', 'withdrawn') and v.ended_at <= new.ended_at)) and exists (`,
  ],
  [
    'from public.grant_freezes f where f.grant_id = new.id and f.released_at is null',
    `from public.grant_freezes f join public.incidents i on i.id = f.incident_id
          where f.grant_id = new.id and (f.released_at is null or i.closed_at is null)`,
  ],
];

/**
 * The hearing before an end of what an incident froze goes round neither by a release nor by a cause without a fact: a
 * freeze counts while it lasts or its incident is open, and to protect others a check or a withdrawal must have ended a visit.
 */
export const up = async (knex: Knex): Promise<void> => {
  for (const [before, after] of asked) await reshape(knex, 'check_end_heard', before, after);
};

export const down = async (knex: Knex): Promise<void> => {
  for (const [before, after] of asked) await reshape(knex, 'check_end_heard', after, before);
};
