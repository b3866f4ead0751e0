/** The shapes of a visit and its parts, as answered. */
import { z } from 'zod';
import { commandNamesAfterApproval } from '../../policies/permission/every-command.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { categories } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { attendanceOutcomes } from '../../policies/visit/attended.js';
import { visitChecks, visitEnds } from '../../policies/visit/visit.js';
import { visitStatuses } from './present/visit.js';
import { correctedShape } from '../correction/shapes.js';
import { deadlineShape } from '../deadline/shapes.js';
import { questionShape } from '../question/shapes.js';

const day = z.string();
const instant = z.string();
const can = z.array(z.enum(commandNamesAfterApproval));

/** A visit in one line, beside its grant. */
export const visitLineShape = z.strictObject({
  id: z.string(),
  date: day,
  from: z.string(),
  to: z.string(),
  status: z.enum(visitStatuses),
});
visitLineShape.register(z.globalRegistry, { id: 'VisitLine' });

const answer = z.union([
  z.string(),
  z.array(z.strictObject({ bar: z.string(), lawfulRoute: z.string().optional() })),
  z.record(z.string(), z.string()),
]);

const check = z.strictObject({
  question: z.enum(visitChecks),
  result: z.enum(['blocks', 'unanswered', 'needs_reason', 'satisfied']),
  explanation: z.string(),
  /** The bars that the host or Children’s Services reported since Legal last answered. */
  reported: z.array(z.string()).optional(),
  answer: answer.optional(),
  reason: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
});
check.register(z.globalRegistry, { id: 'VisitCheck' });

const confirmation = z
  .strictObject({ agrees: z.boolean(), comment: z.string().nullable().optional(), at: instant })
  .meta({ id: 'AttendanceConfirmation' });

const attendance = z.strictObject({
  outcome: z.enum(attendanceOutcomes),
  arrived: instant.nullable(),
  left: instant.nullable(),
  chaperone: z.string().nullable().optional(),
  categories: z.array(z.enum(categories)),
  closedPartsLeft: z.boolean().nullable(),
  authorised: z.boolean().nullable(),
  outside: z.array(z.string()).optional(),
  departures: z.array(z.strictObject({ text: z.string().optional(), causedBy: z.enum(causes) })),
  recordedAt: instant,
  confirmation: confirmation.nullable(),
  /** What was corrected of it, oldest first; above stands what stands now. */
  corrections: z.array(correctedShape),
  /** What the councillor said to the record before it was corrected. */
  saidBefore: z.array(confirmation),
});
attendance.register(z.globalRegistry, { id: 'Attendance' });

const named = z.strictObject({ name: z.string() });

export const visitShape = z.strictObject({
  ...visitLineShape.shape,
  grant: z.string(),
  reference: z.string(),
  observationType: z.enum(observationTypeKeys),
  plannedAt: instant,
  access: z.strictObject({
    allowed: z.boolean(),
    because: z.array(z.strictObject({ limit: z.string(), explanation: z.string().optional() })),
  }),
  councillor: named.optional(),
  host: named.nullable().optional(),
  chaperone: z.string().nullable().optional(),
  rules: z.array(z.string()).optional(),
  caseReference: z.string().nullable().optional(),
  conferenceOn: day.nullable().optional(),
  checks: z.array(check).optional(),
  endedAt: instant.optional(),
  endedBecause: z.enum(visitEnds).optional(),
  deadlines: z.array(deadlineShape).optional(),
  attendance: attendance.nullable(),
  questions: z.array(questionShape),
  can,
});
visitShape.register(z.globalRegistry, { id: 'Visit' });
