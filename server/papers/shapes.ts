import { z } from 'zod';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { requestStatuses } from '../../policies/request/request.js';

const instant = z.string();

/** A request's papers; `category` is not for the auditor. */
export const papersShape = {
  linked: z
    .array(
      z.strictObject({
        reference: z.string(),
        observationType: z.enum(observationTypeKeys).nullable(),
        status: z.enum(requestStatuses),
      }),
    )
    .optional(),
  statutoryRight: z
    .strictObject({ right: z.enum(statutoryRights), due: z.string().nullable() })
    .nullable()
    .optional(),
  releases: z
    .array(
      z.strictObject({
        category: z.string().optional(),
        at: instant,
        returned: instant.nullable(),
        authorised: z
          .literal(false)
          .optional()
          .describe('Where nothing allowed that the papers were out: an incident was reported.'),
      }),
    )
    .optional(),
};
