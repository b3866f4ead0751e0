/** A recorded conflict, as it is answered. */
import { z } from 'zod';
import { conflictOutcomes, conflictStatuses } from '../../policies/conflict/conflict.js';
import { conflictKinds } from '../../policies/core/conflict.js';
import { conflictCommands, namesOf } from '../../policies/permission/every-command.js';
import { correctedShape } from '../correction/shapes.js';
import { dueShape } from '../deadline/shapes.js';

const instant = z.string();
const said = {
  at: instant,
  by: z.string(),
  reasons: z.string().nullable(),
  authority: z.string().nullable(),
};

export const conflictShape = z
  .strictObject({
    id: z.string(),
    person: z.string(),
    personName: z.string(),
    kind: z.enum(conflictKinds),
    councillor: z.string().nullable(),
    councillorName: z.string().nullable(),
    reference: z.string().nullable(),
    status: z.enum(conflictStatuses),
    // Whether they declared it themselves.
    own: z.boolean(),
    reasons: z.string().nullable(),
    authority: z.string().nullable(),
    recorded: z.strictObject({ at: instant, by: z.string().nullable() }),
    contested: z.strictObject({ at: instant, reasons: z.string(), due: dueShape.nullable() }).nullable(),
    settled: z.strictObject({ ...said, outcome: z.enum(conflictOutcomes) }).nullable(),
    ended: z.strictObject(said).nullable(),
    corrections: z.array(correctedShape),
    can: z.array(z.enum(namesOf(conflictCommands))),
  })
  .meta({ id: 'Conflict' });
