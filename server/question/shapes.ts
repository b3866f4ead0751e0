/** The shape of a question after a visit, as answered. */
import { z } from 'zod';
import { commandNamesAfterApproval } from '../../policies/permission/every-command.js';
import { correctedShape } from '../correction/shapes.js';
import { dueShape } from '../deadline/shapes.js';

export const questionShape = z.strictObject({
  id: z.string(),
  kind: z.enum(['question', 'challenge']),
  askedAt: z.string(),
  dueOn: z.string(),
  due: dueShape.nullable(),
  answeredAt: z.string().nullable(),
  toCommittee: z.boolean().nullable(),
  text: z.string().optional(),
  response: z.string().nullable().optional(),
  owner: z.string().optional(),
  corrections: z.array(correctedShape),
  can: z.array(z.enum(commandNamesAfterApproval)),
});
questionShape.register(z.globalRegistry, { id: 'VisitQuestion' });
