/** The shape of a grant, with whether it may be used now. */
import { z } from 'zod';
import { commandNamesAfterApproval } from '../../policies/permission/every-command.js';
import { endCauses } from '../../policies/grant/end-causes.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { categories } from '../../policies/core/category.js';
import { deadlineShape } from '../deadline/shapes.js';
import { correctedShape } from '../correction/shapes.js';
import { conditionShape } from '../decision/shapes.js';
import { visitLineShape } from '../visit/shapes.js';
import { spanShape } from '../web/schema/shapes.js';

const day = z.string();
const instant = z.string();

export const grantStatus = z.enum(['active', 'waiting', 'frozen', 'revoked', 'lapsed', 'completed']);

export const grantShape = z.strictObject({
  id: z.string(),
  reference: z.string(),
  observationType: z.enum(observationTypeKeys),
  status: grantStatus,
  window: spanShape,
  eventsLeft: z.int(),
  categories: z.array(z.enum(categories)),
  conditions: z.array(conditionShape),
  corrections: z.array(correctedShape),
  visits: z.array(visitLineShape),
  access: z.strictObject({
    allowed: z.boolean(),
    because: z.array(z.strictObject({ limit: z.string(), explanation: z.string().optional() })),
  }),
  councillor: z.strictObject({ name: z.string() }).optional(),
  host: z.strictObject({ name: z.string() }).optional(),
  rules: z.array(z.string()).optional(),
  endedAt: instant.optional(),
  /** To the councillor the coded cause, to the others what ended it. */
  endedBecause: z.string().optional(),
  endedReasons: z.string().optional(),
  /** To the others: how the councillor is told. */
  told: z.strictObject({ because: z.enum(endCauses), reasons: z.string().optional() }).optional(),
  releaseBy: day.nullable().optional(),
  deadlines: z.array(deadlineShape).optional(),
  can: z.array(z.enum(commandNamesAfterApproval)),
});
grantShape.register(z.globalRegistry, { id: 'Grant' });
