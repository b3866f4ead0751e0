/** A request as one jsonb value, and the request that the rules read from it. */
import { z } from 'zod';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { appointmentKinds } from '../../policies/register/member.js';
import { requestStatuses, type ObservationRequest } from '../../policies/request/request.js';
import { directingBodies, hearingMatters, reviewOutcomes } from '../../policies/request/reviewed.js';
import { outcomeField } from '../../policies/request/live-seat.js';
import { day, instant, whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';
import { storedLiveLift } from './live-lift.js';
import { ids, storedSeparation } from '../core/rows/separation.js';
import { storedStage } from './stored-stage.js';
import { storedCites, storedClaim } from './stored-right.js';

export const storedType = z.enum(observationTypeKeys);

const span = z.strictObject({ from: day, to: day });

/** What a councillor asks for, as stored with each version. */
export const storedContent = z.strictObject({
  observationType: storedType.optional(),
  role: z.strictObject({ kind: z.enum(appointmentKinds), appointmentId: z.string().optional() }).optional(),
  authority: z
    .strictObject({
      kind: z.enum(['work_programme', 'appointment', 'none']),
      citation: z.string().optional(),
    })
    .optional(),
  necessity: z.string().optional(),
  window: span.optional(),
  events: whole.optional(),
  alternatives: z.string().optional(),
  declarations: z
    .strictObject({
      collateralPurpose: z.string().optional(),
      onBehalfOf: z.string().optional(),
      connection: z.string().optional(),
      documents: z.string().optional(),
    })
    .optional(),
  programme: z.string().optional(),
  continues: z.string().optional(),
  papers: z.array(z.strictObject({ category: z.string(), from: day, to: day })).optional(),
  claimedRight: z.enum(statutoryRights).optional(),
});

/** What the rules ask of a sign-off that stands. */
const storedSeat = z.strictObject({
  office: z.enum(allowed['sign_offs.office']),
  personId: z.string(),
  ...outcomeField,
});

const storedHearing = z.strictObject({
  version: whole,
  matters: z.array(z.enum(hearingMatters)),
  toldAt: instant,
  dueOn: day,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
});

const reviewOutcome = z.enum(reviewOutcomes).nullable();

/** The columns of `requestSelected`, by their names. */
export const storedRequest = z.strictObject({
  ...storedSeparation,
  id: whole,
  reference: z.string(),
  status: z.enum(requestStatuses),
  version: whole,
  submitted: z.boolean(),
  submitted_at: instant.nullable(),
  created_at: instant,
  decided_at: instant.nullable(),
  withdrawn_at: instant.nullable(),
  time_passed_at: instant.nullable(),
  manager_name: z.string().nullable(),
  observation_type: storedType.nullable(),
  content: storedContent,
  remitted_at: instant.nullable(),
  named_ids: ids,
  review: z
    .strictObject({
      version: whole,
      askedAt: instant,
      outcome: reviewOutcome,
      decidedAt: instant.nullable(),
      late: z.strictObject({ acceptedAt: instant.nullable() }).nullable(),
    })
    .nullable(),
  statutory_right: z
    .strictObject({
      right: z.enum(statutoryRights),
      due: day.nullable(),
      allReleased: z.boolean(),
      counts: z.boolean(),
      reasoned: z.boolean(),
      claimed: storedClaim,
      cites: storedCites.nullable(),
      recordedBy: z.string(),
    })
    .nullable(),
  ordered: z.strictObject({ recordedBy: z.string(), givenBy: z.enum(directingBodies) }).nullable(),
  hearing: storedHearing.nullable(),
  seats: z.array(storedSeat),
  lifts: z.array(storedLiveLift),
  returns: z.array(z.strictObject({ from: instant, to: instant.nullable() })),
  pauses: z.array(z.strictObject({ from: instant, to: instant })),
  grant_id: z.string().nullable(),
  stage_before: storedStage.nullable(),
  ended_at: instant.nullable(),
});

/** The request for the rules, made from the stored one. */
export const toRequest = (row: z.output<typeof storedRequest>): ObservationRequest => ({
  kind: 'Request',
  id: row.id,
  reference: row.reference,
  status: row.status,
  version: row.version,
  submitted: row.submitted,
  submittedAt: row.submitted_at,
  createdAt: row.created_at,
  decidedAt: row.decided_at,
  withdrawnAt: row.withdrawn_at,
  timePassedAt: row.time_passed_at,
  order: row.ordered,
  stageBefore: row.stage_before,
  councillorId: row.councillor_id,
  councillorName: row.councillor_name,
  hostId: row.host_id,
  hostName: row.host_name,
  managerId: row.manager_id,
  managerName: row.manager_name,
  observationType: row.observation_type,
  actedBy: row.acted_by,
  content: row.content,
  remittedAt: row.remitted_at,
  namedIds: row.named_ids,
  conflicts: row.conflicts,
  signedBefore: row.signed_before,
  signers: row.signers,
  named: row.named,
  review: row.review,
  hearing: row.hearing,
  statutoryRight: row.statutory_right,
  seats: row.seats,
  lifts: row.lifts,
  returns: row.returns,
  pauses: row.pauses,
  grantId: row.grant_id,
  endedAt: row.ended_at,
});
