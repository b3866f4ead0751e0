import type { Knex } from 'knex';
import { z } from 'zod';
import type { Capacity } from '../../policies/core/office.js';
import { breachRisks, type Assessing, type Assessment } from '../../policies/incident/breach.js';
import { instant, listed } from '../core/rows/stored.js';
import { nameOf } from '../people/name-of.js';

/** The assessments of the incident of alias `i`, oldest first. */
export const assessmentsSelected = listed(
  `json_build_object('id', s.id, 'exposed', s.exposed, 'risk', s.risk, 'reportable', s.reportable, 'reasons', s.reasons,
    'awareAt', s.aware_at, 'reportedAt', s.reported_at, 'commissionerReference', s.commissioner_reference, 'delay', s.delay,
    'subjectsTold', s.subjects_told, 'told', s.told, 'at', s.assessed_at,
    'by', ${nameOf('s.assessed_by')})`,
  'incident_assessments s where s.incident_id = i.id',
  's.seq',
);

/** When somebody became aware of the incidents of alias `i`: as the last assessment has it, else as it was reported. */
export const awareAtSelected = `coalesce((select s.aware_at from incident_assessments s where s.incident_id = i.id
  order by s.seq desc limit 1), i.aware_at, i.reported_at)`;

/** One of them. */
export const storedAssessment: z.ZodType<Assessment> = z.strictObject({
  id: z.string(),
  exposed: z.boolean(),
  risk: z.enum(breachRisks),
  reportable: z.boolean(),
  reasons: z.string(),
  awareAt: instant.nullable(),
  reportedAt: instant.nullable(),
  commissionerReference: z.string().nullable(),
  delay: z.string().nullable(),
  subjectsTold: z.boolean(),
  told: z.string().nullable(),
  at: instant,
  by: z.string(),
});

/** Writes an assessment. It is neither changed nor taken back: the next one supplements it. */
export const insertAssessment = async (
  trx: Knex.Transaction,
  incidentId: string,
  given: Assessing & {
    readonly reasons: string;
    readonly at: Date;
    readonly by: string;
    readonly capacity: Capacity;
  },
): Promise<void> => {
  await trx('incident_assessments').insert({
    incident_id: incidentId,
    aware_at: given.awareAt,
    exposed: given.exposed,
    risk: given.risk,
    reportable: given.reportable,
    reasons: given.reasons,
    reported_at: given.reportedAt,
    commissioner_reference: given.commissionerReference,
    delay: given.delay,
    subjects_told: given.subjectsTold,
    told: given.told,
    assessed_at: given.at,
    assessed_by: given.by,
    capacity: given.capacity,
  });
};
