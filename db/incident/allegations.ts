import type { Knex } from 'knex';
import { z } from 'zod';
import type { Capacity } from '../../policies/core/office.js';
import type { Allegation } from '../../policies/incident/allegation.js';
import { day, instant, listed } from '../core/rows/stored.js';

/** What the councillor of the incident of alias `i` was told, and answered; null where they were told nothing. */
export const allegationSelected = `(select json_build_object('gist', h.gist, 'toldAt', h.told_at, 'dueOn', h.due_on,
    'answer', h.answer, 'answeredAt', h.answered_at)
  from incident_hearings h where h.incident_id = i.id)`;

/** It, as one value. */
export const storedAllegation: z.ZodType<Allegation> = z.strictObject({
  gist: z.string(),
  toldAt: instant,
  dueOn: day,
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
});

/** The cases that were added to it, in their order. */
export const casesSelected = listed(
  'k.case_reference',
  'incident_cases k where k.incident_id = i.id',
  'k.seq',
);

interface By {
  readonly at: Date;
  readonly by: string;
  readonly capacity: Capacity;
}

/** Writes what the councillor is told: once. */
export const tellAllegation = async (
  trx: Knex.Transaction,
  incidentId: string,
  { gist, dueOn, at, by, capacity }: By & { readonly gist: string; readonly dueOn: string },
): Promise<void> => {
  await trx('incident_hearings').insert({
    incident_id: incidentId,
    gist,
    told_at: at,
    told_by: by,
    capacity,
    due_on: dueOn,
  });
};

/** Writes their answer: once, as the database holds too. */
export const answerAllegation = async (
  trx: Knex.Transaction,
  incidentId: string,
  { answer, at }: { readonly answer: string; readonly at: Date },
): Promise<void> => {
  await trx('incident_hearings').where({ incident_id: incidentId }).update({ answer, answered_at: at });
};

/** Writes a case that nobody had planned. */
export const addCase = async (
  trx: Knex.Transaction,
  incidentId: string,
  { caseReference, at, by, capacity }: By & { readonly caseReference: string },
): Promise<void> => {
  await trx('incident_cases').insert({
    incident_id: incidentId,
    case_reference: caseReference,
    added_at: at,
    added_by: by,
    capacity,
  });
};
