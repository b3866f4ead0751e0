/** The shapes of the test: the observation types, an answer, a preview, the test of a request. */
import { z } from 'zod';
import { commandNames } from '../../policies/permission/every-command.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { capacities, seats } from '../../policies/core/office.js';
import { authorityKinds } from '../../policies/core/authorities.js';
import { blocks } from '../../policies/need-to-know/blocks.js';
import { liftOutcomes } from '../../policies/need-to-know/lift.js';
import { grounds } from '../../policies/core/grounds.js';
import { weighedFindingShape } from '../finding/shapes.js';
import { lawfulBasisSchema } from '../../policies/need-to-know/lawful-basis.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';

const instant = z.string();

/** An answer as it is read, and its reason. */
export const answerValue = z.union([
  z.string(),
  z.array(z.strictObject({ bar: z.string(), lawfulRoute: z.string().optional() })),
  z.record(z.string(), z.string()),
]);
answerValue.register(z.globalRegistry, { id: 'AnswerValue' });
export const reason = z.union([z.string(), z.record(z.string(), z.string())]).meta({ id: 'AnswerReason' });

export const observationTypeShape = z.strictObject({
  key: z.enum(observationTypeKeys),
  label: z.string(),
  host: z.string(),
  parties: z.array(z.string()),
  tiedToCase: z.string(),
  limit: z.string(),
  rules: z.array(z.string()),
});
observationTypeShape.register(z.globalRegistry, { id: 'ObservationType' });

/** A block by a rule of the council’s own: the item of the answer, and the rule. */
export const block = z.enum(blocks).meta({ id: 'CouncilBlock' });
const councilRule = z.strictObject({ block, lifted: z.boolean() }).meta({ id: 'CouncilRule' });

const finding = {
  question: z.enum(questionKeys),
  result: z.enum(['blocks', 'unanswered', 'needs_reason', 'satisfied']),
  explanation: z.string(),
  authority: z.string(),
  kind: z.enum(authorityKinds),
  office: z.enum(seats),
  councilRules: z.array(councilRule).optional(),
  lifted: z.literal(true).optional(),
};
export const outcome = z.enum(['established', 'not_established', 'incomplete']);

export const previewShape = z.strictObject({ outcome, findings: z.array(z.strictObject(finding)) });
previewShape.register(z.globalRegistry, { id: 'Preview' });

export const declarations = z.strictObject({
  collateralPurpose: z.string().optional(),
  onBehalfOf: z.string().optional(),
  connection: z.string().optional(),
  documents: z.string().optional(),
});
declarations.register(z.globalRegistry, { id: 'Declarations' });

/** What an office said of lifting a council rule: an auditor reads no reasons, and no outcome until Legal has decided. */
export const liftShape = z
  .strictObject({
    question: z.enum(questionKeys),
    office: z.enum(seats),
    by: z.strictObject({
      name: z.string(),
      capacity: z.enum(capacities),
      deputyFor: z.string().optional(),
    }),
    at: instant,
    version: z.int(),
    blocks: z.array(block).optional(),
    outcome: z.enum(liftOutcomes).optional(),
    reasons: z.string().optional(),
    voidedAt: instant.optional(),
  })
  .meta({ id: 'Lift' });

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
      basis: lawfulBasisSchema.optional(),
      by: z.strictObject({ name: z.string(), office: z.enum(seats), capacity: z.enum(capacities) }),
      at: z.string(),
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
  finding: weighedFindingShape.optional(),
  declared: declarations,
  can: z.array(z.enum(commandNames)),
});
assessmentShape.register(z.globalRegistry, { id: 'Assessment' });
