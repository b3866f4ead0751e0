/** The shapes of a request: a line of a list, and one request, for each kind of reader. */
import { z } from 'zod';
import { commandNames } from '../../policies/permission/every-command.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { appointmentKinds } from '../../policies/register/member.js';
import { requestStatuses } from '../../policies/request/request.js';
import { correctedShape } from '../correction/shapes.js';
import { deadlineShape, dueShape, moveShape } from '../deadline/shapes.js';
import { conditionShape, decisionShape, signOffShape } from '../decision/shapes.js';
import { grantStatus } from '../grant/shapes.js';
import { assessmentShape, declarations, outcome } from '../need-to-know/shapes.js';
import { papersShape } from '../papers/shapes.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { hearingShape, reviewShape } from '../review/shapes.js';
import { spanShape } from '../web/schema/shapes.js';
import { liftShape } from '../need-to-know/shapes.js';

const day = z.string();
const instant = z.string();
const key = z.enum(observationTypeKeys);
const can = z.array(z.enum(commandNames));
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
  window: spanShape.optional(),
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
  /** What the councillor is warned of while asking; it stops nothing. */
  warnings: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
  declarations: declarations.optional(),
  programme: z.string().optional(),
  continues: z.string().optional(),
  continuedBy: z.string().nullable().optional(),
  papers: z.array(z.strictObject({ category: z.string(), from: day, to: day })).optional(),
  claimedRight: z.enum(statutoryRights).optional(),
  ...papersShape,
  assessment: assessmentShape.nullable().optional(),
  outcome: outcome.optional(),
  discussed: z.boolean().optional(),
  signOffs: z.array(signOffShape).optional(),
  lifts: z.array(liftShape).optional(),
  decision: decisionShape.optional(),
  hearing: hearingShape.optional(),
  review: reviewShape.optional(),
  grant: z.strictObject({ id: z.string(), status: grantStatus }).optional(),
  conditions: z.array(conditionShape).optional(),
  /** Of the decision and the sign-offs, which a host does not read: left out for a host. */
  corrections: z
    .array(correctedShape)
    .optional()
    .meta({ description: 'Left out for a host, who reads nothing that is corrected' }),
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
