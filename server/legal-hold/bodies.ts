/** The bodies of calls about a legal hold. */
import { z } from 'zod';
import { holdCauses } from '../../policies/legal-hold/legal-hold.js';
import { reference, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const holdBody = z
  .strictObject({
    reference: reference.optional(),
    councillor: uuid.optional(),
    because: z.enum(holdCauses).optional(),
    reasons: text(4000),
  })
  .refine((given) => (given.reference === undefined) !== (given.councillor === undefined), {
    path: ['councillor'],
    message: 'Enter a reference or select a councillor, not both',
  })
  .meta({ id: 'LegalHoldBody' });
/** On what: one request, or everything of a councillor's. */
export type SentHold = Sent<typeof holdBody>;
