/** The shapes of incidents and of disclosures. */
import { z } from 'zod';
import { commandNamesAfterApproval } from '../../policies/permission/every-command.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { categories, exposures } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { breachRisks } from '../../policies/incident/breach.js';
import { incidentKinds } from '../../policies/incident/incident.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';

const day = z.string();
const instant = z.string();

const toldShape = {
  gist: z.string().optional(),
  toldAt: instant,
  due: day,
  answer: z.string().nullable().optional(),
  answeredAt: instant.nullable(),
};

const line = {
  id: z.string(),
  what: z.enum(incidentKinds),
  reference: z.string().nullable(),
  happenedAt: instant,
  closed: z.boolean(),
  causedBy: z.enum(causes).optional(),
  outside: z.array(z.string()).optional(),
  exposed: z.enum(exposures).nullable().optional(),
  awareAt: instant.optional(),
  // Until when a breach is reported: by the clock; null where nothing of others was exposed.
  reportBy: instant.nullable().optional(),
  grant: z.string().nullable().optional(),
  visit: z.string().nullable().optional(),
  reportedAt: instant.optional(),
  closedAt: instant.nullable().optional(),
  councillor: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  reportedBy: z.strictObject({ name: z.string() }).optional(),
  can: z.array(z.enum(commandNamesAfterApproval)),
};

export const incidentLineShape = z.strictObject(line).meta({ id: 'IncidentLine' });

export const incidentShape = z.strictObject({
  ...line,
  text: z.string().nullable().optional(),
  closedReasons: z.string().nullable().optional(),
  // Only for unauthorised access that describes a disclosure without any visit.
  categories: z.array(z.enum(categories)).optional(),
  from: instant.optional(),
  until: instant.nullable().optional(),
  caseReference: z.string().nullable().optional(),
  cases: z.array(z.string()).optional(),
  // How the record of its visit was judged as it was corrected.
  corrections: z.array(z.strictObject({ at: instant, outside: z.array(z.string()) })).optional(),
  hearing: z.strictObject(toldShape).meta({ id: 'Allegation' }).optional(),
  // What the councillor is told happens next, and by which day.
  next: z
    .strictObject({
      what: z.enum(['answer', 'confirm_or_release', 'tell', 'decide', 'close']),
      by: day.nullable(),
    })
    .nullable()
    .optional(),
  // Oldest first; the last one counts.
  assessments: z
    .array(
      z
        .strictObject({
          at: instant,
          exposed: z.boolean(),
          risk: z.enum(breachRisks),
          reportable: z.boolean(),
          reportedAt: instant.nullable(),
          subjectsTold: z.boolean(),
          id: z.string().optional(),
          by: z.string().optional(),
          reasons: z.string().optional(),
          commissionerReference: z.string().nullable().optional(),
          delay: z.string().nullable().optional(),
          told: z.string().nullable().optional(),
        })
        .meta({ id: 'BreachAssessment' }),
    )
    .optional(),
  grants: z
    .array(
      z.strictObject({
        id: z.string(),
        reference: z.string(),
        frozen: z.boolean(),
        frozenAt: instant,
        confirmedAt: instant.nullable(),
        confirmReasons: z.string().optional(),
        releasedAt: instant.nullable(),
        due: day.nullable(),
        reasons: z.string().optional(),
        can: z.array(z.enum(commandNamesAfterApproval)),
      }),
    )
    .optional(),
});
incidentShape.register(z.globalRegistry, { id: 'Incident' });

export const disclosureShape = z.strictObject({
  councillor: z.strictObject({ id: z.string(), name: z.string() }),
  reference: z.string().nullable(),
  observationType: z.enum(observationTypeKeys).nullable(),
  received: z.enum(['attendance', 'papers', 'incident']),
  at: instant,
  until: instant.optional(),
  visit: z.string().optional(),
  incident: z.string().optional(),
  categories: z.array(z.enum(categories)),
  papers: z.string().optional(),
  returnedAt: instant.nullable().optional(),
  authorised: z.boolean(),
  decision: z.strictObject({ outcome: z.string(), at: instant }).nullable(),
  statutoryRight: z.enum(statutoryRights).nullable(),
  caseReference: z.string().nullable().optional(),
});
disclosureShape.register(z.globalRegistry, { id: 'Disclosure' });
