/** A grant as one jsonb value, and the record that the rules read. */
import { z } from 'zod';
import { categories } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import type { Separated } from '../../policies/core/separated.js';
import { conditionOwners, conditionStates, conditionTimes } from '../../policies/grant/condition.js';
import { givenCauses } from '../../policies/grant/end-causes.js';
import type { Grant } from '../../policies/grant/grant.js';
import { liftedBlocks } from '../../policies/need-to-know/lift.js';
import { attendanceOutcomes } from '../../policies/visit/attended.js';
import { visitChecks, visitEnds } from '../../policies/visit/visit.js';
import type { GrantRecord, VisitRecord } from '../../policies/grant/grant-record.js';
import { day, instant, since, whole } from '../core/rows/stored.js';
import { storedCounted } from '../correction/stored-correction.js';
import { storedFinding, storedRegister } from '../register/stored-councillor.js';
import { storedAnswer, storedAnswerValue } from '../need-to-know/stored-answer.js';
import { storedSeparation } from '../core/rows/separation.js';
import { storedLiveLift } from '../request/live-lift.js';
import { storedContent, storedType } from '../request/stored-request.js';

/** What a councillor said to a record. */
export const storedConfirmation = z.strictObject({
  agrees: z.boolean(),
  comment: z.string().nullable(),
  at: instant,
});

/** What was recorded of a visit, before it is judged. */
export const storedRecorded = z.strictObject({
  outcome: z.enum(attendanceOutcomes),
  arrived: instant.nullable(),
  left: instant.nullable(),
  chaperone: z.string().nullable(),
  categories: z.array(z.enum(categories)),
  closedPartsLeft: z.boolean().nullable(),
  departures: z.array(z.strictObject({ text: z.string(), causedBy: z.enum(causes) })),
});

const storedAttendance = storedRecorded.extend({
  authorised: z.boolean().nullable(),
  outside: z.array(z.string()),
  recordedAt: instant,
  confirmation: storedConfirmation.nullable(),
});

const plan = z.strictObject({
  date: day,
  from: z.string(),
  to: z.string(),
  caseReference: z.string().nullable(),
  chaperone: z.string().nullable(),
  conferenceOn: day.nullable(),
});

/** The answers to the three checks that were given at one time: one of them. */
const checks = z.partialRecord(z.enum(visitChecks), storedAnswer);

const storedVisit = z.strictObject({
  id: z.string(),
  plannedAt: instant,
  endedAt: instant.nullable(),
  endedBecause: z.enum(visitEnds).nullable(),
  journeyEndedAt: instant.nullable(),
  plans: z.array(since(plan).extend({ caseKey: z.string().nullable() })),
  checked: z.array(
    since(checks).extend({ caseKey: z.string().nullable(), date: day, reported: z.boolean() }),
  ),
  attendance: storedAttendance.nullable(),
});

/** The columns of `ownColumns`, by their names. */
export const ownFields = {
  id: z.string(),
  request_id: whole,
  reference: z.string(),
  observation_type: storedType,
  window_from: day,
  window_to: day,
  events: whole,
  categories: z.array(z.enum(categories)),
  made_at: instant,
  ended_at: instant.nullable(),
  ended_because: z.enum(['revoked', 'lapsed', 'completed']).nullable(),
  end_cause: z.enum(givenCauses).nullable(),
  end_reasons: z.string().nullable(),
  end_told: z.string().nullable(),
  ended_by: z.string().nullable(),
  content: storedContent,
  answers: z.record(z.string(), storedAnswerValue),
  lifts: z.array(storedLiveLift),
  conditions: z.array(
    z.strictObject({
      id: z.string(),
      text: z.string(),
      owner: z.enum(conditionOwners),
      before: z.enum(conditionTimes),
      states: z.array(since(z.enum(conditionStates))),
    }),
  ),
  corrections: z.array(storedCounted),
  freezes: z.array(
    z.strictObject({
      from: instant,
      to: instant.nullable(),
      confirmedAt: instant.nullable(),
      closedAt: instant.nullable(),
      hearing: z.strictObject({ toldAt: instant, dueOn: day, answeredAt: instant.nullable() }).nullable(),
    }),
  ),
  arrivals: z.array(instant),
  journey_ends: z.array(instant),
  visits: z.array(storedVisit),
};

/** The columns of `grantSelected`, by their names. */
export const storedGrant = z.strictObject({
  ...storedSeparation,
  ...ownFields,
  finding: storedFinding.nullable(),
  register: storedRegister,
  acceptances: z.array(since(whole)),
  protocols: z.array(since(whole)),
});
export type StoredGrant = z.output<typeof storedGrant>;

const holds = (answer: unknown, value: string): boolean =>
  answer === value ||
  (typeof answer === 'object' && answer !== null && Object.values(answer).includes(value));

/** The undertaking and the training are in the register and are limits of their own; the check is not. */
const dbsBooked = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'dbs' in answer && answer.dbs === 'booked';

/** The checks that the approval left open: they stop attendance until they are closed. */
const leftOpen = (answers: Readonly<Record<string, unknown>>): Grant['open'] => [
  ...(holds(answers['agreements'], 'pending') ? (['agreements'] as const) : []),
  ...(answers['connection'] === 'unchecked' ? (['connection'] as const) : []),
  ...(dbsBooked(answers['prerequisites']) ? (['prerequisites'] as const) : []),
];

const separated = (row: StoredGrant): Separated => ({
  councillorId: row.councillor_id,
  hostId: row.host_id,
  managerId: row.manager_id,
  conflicts: row.conflicts,
  signedBefore: row.signed_before,
  signers: row.signers,
  named: row.named,
});

/** A record as corrected may say that somebody attended after all: then the visit did not end unattended. */
const endOf = ({ attendance, endedAt, endedBecause }: StoredGrant['visits'][number]) =>
  attendance?.outcome === 'attended' && endedBecause === 'not_attended'
    ? { endedAt: null, endedBecause: null }
    : { endedAt, endedBecause };

/** The record for the rules, made from the stored one. */
export const toGrantRecord = (row: StoredGrant): GrantRecord => {
  const shared = {
    ...separated(row),
    reference: row.reference,
    councillorName: row.councillor_name,
    hostName: row.host_name,
    actedBy: row.acted_by,
    observationType: row.observation_type,
  };
  const lifted = liftedBlocks(row.lifts);
  return {
    ...shared,
    kind: 'Grant',
    id: row.id,
    window: { from: row.window_from, to: row.window_to },
    events: row.events,
    categories: row.categories,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    endedBecause: row.ended_because,
    endCause: row.end_cause,
    endReasons: row.end_reasons,
    endTold: row.end_told,
    conditions: row.conditions,
    corrections: row.corrections,
    freezes: row.freezes,
    arrivals: row.arrivals,
    appointmentId: row.content.role?.appointmentId ?? null,
    member: { id: row.councillor_id, name: row.councillor_name, finding: row.finding },
    register: row.register,
    acceptances: row.acceptances,
    protocols: row.protocols,
    journeyEnds: row.journey_ends,
    leftOpen: leftOpen(row.answers),
    visits: row.visits.map((visit): VisitRecord => ({
      ...shared,
      kind: 'Visit',
      ...visit,
      ...endOf(visit),
      lifted,
      grantId: row.id,
    })),
  };
};
