/**
 * The parts that stand in the schemas of many calls: the contract has each once, under the name that it has here, and
 * clients get one type for it. A part is found by how it looks, wherever it stands; the smaller ones come first, since
 * the larger ones hold them.
 */
import { z } from 'zod';
import { categories } from '../../../policies/core/category.js';
import { causes } from '../../../policies/core/cause.js';
import { grounds } from '../../../policies/core/grounds.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { capacities, decidingOffices, offices, seats } from '../../../policies/core/office.js';
import { cautionKinds } from '../../../policies/core/words/cautions.js';
import { conditionOwners } from '../../../policies/grant/condition.js';
import { questionKeys } from '../../../policies/need-to-know/questions.js';
import { commandNames, commandNamesAfterApproval } from '../../../policies/permission/every-command.js';
import { appointmentKinds, standings } from '../../../policies/register/member.js';
import { requestStatuses } from '../../../policies/request/request.js';
import { pauseReasons } from '../../../policies/core/time/working-days.js';
import { exemptions } from '../../../policies/subject-access/exemptions.js';
import { rightFindings, statutoryRights } from '../../../policies/request/statutory-right.js';
import { date, text, timeOrInstant, version } from '../schema/schemas.js';
import { jsonSchemaOf, withinOf } from './json-schema.js';

const named = z.strictObject({ name: z.string() });
const acting = z.strictObject({
  name: z.string(),
  office: z.enum(offices),
  capacity: z.enum(capacities),
});

export const commonParts = {
  Version: version,
  LongText: text(4000),
  Exemption: z.enum(exemptions),
  Office: z.enum(offices),
  ObservationTypeKey: z.enum(observationTypeKeys),
  CautionKind: z.enum(cautionKinds),
  Ground: z.enum(grounds),
  QuestionKey: z.enum(questionKeys),
  Category: z.enum(categories),
  Capacity: z.enum(capacities),
  Seat: z.enum(seats),
  DecidingOffice: z.enum(decidingOffices),
  RequestStatus: z.enum(requestStatuses),
  Command: z.enum(commandNames),
  CommandAfterApproval: z.enum(commandNamesAfterApproval),
  Cause: z.enum(causes),
  AppointmentKind: z.enum(appointmentKinds),
  Standing: z.enum(standings),
  StatutoryRight: z.enum(statutoryRights),
  PaperFinding: z.enum(rightFindings),
  ConditionOwner: z.enum(conditionOwners),
  AgreementState: z.enum(['agreed', 'refused', 'pending', 'not_applicable']),
  DayOrNull: date.nullable(),
  TimeOrNull: timeOrInstant.nullable(),
  TypeOrNull: z.enum(observationTypeKeys).nullable(),
  Named: named,
  Identified: z.strictObject({ id: z.string(), name: z.string() }),
  Acting: acting,
  ActedAt: z.strictObject({ at: z.string(), by: acting }),
  Holding: z.strictObject({
    name: z.string(),
    capacity: z.enum(capacities),
    deputyFor: z.string().optional(),
  }),
  Days: z.strictObject({ from: date, to: date }),
  Pause: z.strictObject({
    from: z.string(),
    to: z.string().nullable(),
    because: z.enum(pauseReasons).optional(),
  }),
  Allowed: z.strictObject({
    allowed: z.boolean(),
    because: z.array(z.strictObject({ limit: z.string(), explanation: z.string().optional() })),
  }),
  OpenDays: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }),
} as const satisfies Record<string, z.ZodType>;

/** The name under which the contract has a part, if it is shared. */
export const commonName = (part: unknown): string | undefined => names().get(JSON.stringify(part));

let byLook: Map<string, string> | undefined;

/** Made when the first contract is written. */
const names = (): ReadonlyMap<string, string> => {
  if (byLook !== undefined) return byLook;
  byLook = new Map();
  for (const [name, schema] of Object.entries(commonParts)) {
    const { $defs: _, ...part } = jsonSchemaOf(schema, 'input');
    byLook.set(JSON.stringify(withinOf(part, withCommon)), name);
  }
  return byLook;
};

/** A part with references in the place of those that are shared, the innermost first. */
const withCommon = (value: unknown): unknown => {
  const part = withinOf(value, withCommon);
  const name = commonName(part);
  return name === undefined ? part : { $ref: `#/components/schemas/${name}` };
};
