/**
 * The shapes of what is answered, for the published contract and for the tests, which hold every answer
 * against them: a field that is not here is a leak, and fails.
 */
import { z } from 'zod';
import { commandNames, laterCommandNames } from '../../../policies/core/every-command.js';
import { grounds } from '../../../policies/need-to-know/grounds.js';
import { questionKeys } from '../../../policies/need-to-know/questions.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { registerCommands } from '../../../policies/register/register-keeping.js';
import {
  appointmentKinds,
  capacities,
  categories,
  conditionOwners,
  conditionStates,
  conditionTimes,
  offices,
  requestStatuses,
  seats,
  standings,
} from '../../../policies/core/subjects.js';
import { answerValue, reason } from '../../need-to-know/shapes.js';
import { deadlineShape, dueShape, moveShape, skippedShape } from '../../deadline/shapes.js';
import { papersShape } from '../../papers/shapes.js';
import { reviewShape } from '../../review/shapes.js';
import { visitLineShape } from '../../visit/shapes.js';

const day = z.string();
const instant = z.string();
const key = z.enum(observationTypeKeys);
const can = z.array(z.enum(commandNames));
const span = z.strictObject({ from: day, to: day }).meta({ id: 'Span' });

export const countShape = z.strictObject({ due: day, counted: z.array(day), skipped: skippedShape });
countShape.register(z.globalRegistry, { id: 'WorkingDays' });

export const observationTypeShape = z.strictObject({
  key,
  label: z.string(),
  host: z.string(),
  parties: z.array(z.string()),
  tiedToCase: z.string(),
  limit: z.string(),
  rules: z.array(z.string()),
});
observationTypeShape.register(z.globalRegistry, { id: 'ObservationType' });

const finding = {
  question: z.enum(questionKeys),
  result: z.enum(['blocks', 'unanswered', 'needs_reason', 'satisfied']),
  explanation: z.string(),
  authority: z.string(),
  office: z.enum(seats),
};
const outcome = z.enum(['established', 'not_established', 'incomplete']);

export const previewShape = z.strictObject({ outcome, findings: z.array(z.strictObject(finding)) });
previewShape.register(z.globalRegistry, { id: 'Preview' });

const declarations = z.strictObject({
  collateralPurpose: z.string().optional(),
  connection: z.string().optional(),
  documents: z.string().optional(),
});
declarations.register(z.globalRegistry, { id: 'Declarations' });

export const assessmentShape = z.strictObject({
  version: z.int(),
  outcome,
  grounds: z.array(z.enum(grounds)),
  findings: z.array(z.strictObject({ ...finding, asks: z.string() })),
  answers: z.partialRecord(
    z.enum(questionKeys),
    z.strictObject({
      answer: answerValue,
      reason: reason.optional(),
      by: z.strictObject({ name: z.string(), office: z.enum(seats), capacity: z.enum(capacities) }),
      at: instant,
      confirmed: z.boolean(),
    }),
  ),
  proposed: z.partialRecord(
    z.enum(questionKeys),
    z.strictObject({
      answer: answerValue,
      reason: reason.optional(),
      from: z.enum(['register', 'programme']),
    }),
  ),
  declared: declarations,
  can,
});
assessmentShape.register(z.globalRegistry, { id: 'Assessment' });

const conditionSays = {
  id: z.string(),
  text: z.string(),
  owner: z.enum(conditionOwners),
  before: z.enum(conditionTimes),
};
const condition = z.strictObject({ ...conditionSays, state: z.enum(conditionStates) });
condition.register(z.globalRegistry, { id: 'Condition' });

const by = z.strictObject({
  name: z.string(),
  capacity: z.enum(capacities),
  deputyFor: z.string().optional(),
});
by.register(z.globalRegistry, { id: 'SignedBy' });
const signed = {
  office: z.enum(seats),
  outcome: z.enum(['agree', 'object', 'approve', 'refuse']),
  grounds: z.array(z.enum(grounds)),
  at: instant,
  version: z.int(),
};
const decision = z
  .strictObject({
    ...signed,
    by: by.optional(),
    reasons: z.string().optional(),
    conditions: z
      .array(z.strictObject({ ...conditionSays, state: z.enum(conditionStates).optional() }))
      .optional(),
    reviewBy: day.nullable(),
  })
  .meta({ id: 'Decision' })
  .nullable();
const signOff = z.strictObject({
  ...signed,
  by,
  voidedAt: instant.optional(),
  reasons: z.string().optional(),
  conditions: z.array(condition).optional(),
});
signOff.register(z.globalRegistry, { id: 'SignOff' });

const grantStatus = z.enum(['active', 'waiting', 'frozen', 'revoked', 'lapsed', 'completed']);
const named = z.strictObject({ id: z.string(), name: z.string() });

const line = {
  reference: z.string(),
  observationType: key.nullable(),
  status: z.enum(requestStatuses),
  version: z.int(),
  submittedAt: instant.nullable().optional(),
  due: dueShape.nullable().optional(),
  deadlines: z.array(deadlineShape).optional(),
  moves: z.array(moveShape).optional(),
  councillor: z.strictObject({ id: z.string().optional(), name: z.string() }).optional(),
  host: z.strictObject({ id: z.string(), name: z.string(), manager: named.optional() }).nullable().optional(),
  window: span.optional(),
  events: z.int().optional(),
  can,
};

export const requestLineShape = z.strictObject(line).meta({ id: 'RequestLine' });

export const requestShape = z.strictObject({
  ...line,
  observationType: key.nullable().optional(),
  role: z.strictObject({ kind: z.enum(appointmentKinds), appointmentId: z.string().optional() }).optional(),
  authority: z.strictObject({ kind: z.string(), citation: z.string().optional() }).optional(),
  necessity: z.string().optional(),
  alternatives: z.string().optional(),
  declarations: declarations.optional(),
  programme: z.string().optional(),
  continues: z.string().optional(),
  continuedBy: z.string().nullable().optional(),
  papers: z.array(z.strictObject({ category: z.string(), from: day, to: day })).optional(),
  ...papersShape,
  assessment: assessmentShape.nullable().optional(),
  outcome: outcome.optional(),
  discussed: z.boolean().optional(),
  signOffs: z.array(signOff).optional(),
  decision: decision.optional(),
  review: reviewShape.optional(),
  grant: z.strictObject({ id: z.string(), status: grantStatus }).optional(),
  conditions: z.array(condition).optional(),
  timeline: z
    .array(
      z.strictObject({
        at: instant,
        what: z.string(),
        version: z.int(),
        office: z.string().optional(),
        outcome: z.string().optional(),
        questions: z.string().optional(),
      }),
    )
    .optional(),
});
requestShape.register(z.globalRegistry, { id: 'Request' });

const entryBy = z.strictObject({ name: z.string(), office: z.enum(offices), capacity: z.enum(capacities) });
export const discussionShape = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      version: z.int(),
      at: instant,
      by: entryBy,
      privileged: z.boolean(),
      text: z.string().optional(),
      meeting: z.strictObject({ date: day, present: z.array(z.enum(offices)), note: z.string() }).optional(),
    }),
  ),
  next: z.string().nullable(),
});
discussionShape.register(z.globalRegistry, { id: 'DiscussionPage' });

export const grantShape = z.strictObject({
  id: z.string(),
  reference: z.string(),
  observationType: key,
  status: grantStatus,
  window: span,
  eventsLeft: z.int(),
  categories: z.array(z.enum(categories)),
  conditions: z.array(condition),
  visits: z.array(visitLineShape),
  access: z.strictObject({
    allowed: z.boolean(),
    because: z.array(z.strictObject({ limit: z.string(), explanation: z.string().optional() })),
  }),
  councillor: z.strictObject({ name: z.string() }).optional(),
  host: z.strictObject({ name: z.string() }).optional(),
  rules: z.array(z.string()).optional(),
  endedAt: instant.optional(),
  endedBecause: z.string().optional(),
  releaseBy: day.nullable().optional(),
  deadlines: z.array(deadlineShape).optional(),
  can: z.array(z.enum(laterCommandNames)),
});
grantShape.register(z.globalRegistry, { id: 'Grant' });

export const councillorShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  ward: z.string().nullable(),
  standing: z.enum(standings),
  term: z.strictObject({ from: day, to: day.nullable() }),
  appointments: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      kind: z.enum(appointmentKinds),
      from: day,
      to: day.nullable(),
    }),
  ),
  training: z.array(z.strictObject({ kind: z.string(), completed: day, expires: day })),
  undertaking: z.strictObject({ version: z.int(), acceptedAt: instant }).nullable(),
  defeat: z.strictObject({ poll: day, declaredAt: instant }).optional(),
  can: z.array(z.enum(registerCommands)),
});
councillorShape.register(z.globalRegistry, { id: 'Councillor' });

const scalar = [z.string(), z.number(), z.boolean(), z.null()] as const;
/** Coded values by name. It holds itself, so it needs a name in the contract. */
const coded: z.ZodType = z
  .lazy(() => z.record(z.string(), z.union([...scalar, coded, z.array(z.union([...scalar, coded]))])))
  .meta({ id: 'CodedValues' });
export const trailEntryShape = z.strictObject({
  index: z.int().nullable(),
  at: instant,
  type: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  office: z.enum(offices).nullable(),
  capacity: z.enum(capacities).nullable(),
  deputyFor: z.string().optional(),
  subject: z.string().nullable(),
  decision: coded.optional(),
  reasons: z.string().optional(),
});
trailEntryShape.register(z.globalRegistry, { id: 'TrailEntry' });

/** A page of a list: `VisitPage` in the contract where the item is `Visit`. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z
    .strictObject({ items: z.array(item), next: z.string().nullable() })
    .meta({ id: `${item.meta()?.id}Page` });
