/** The shapes of answers about people who leave. */
import { z } from 'zod';
import { offices } from '../../policies/core/office.js';
import { waitingKinds, type WaitingKind } from '../../policies/leaving/leaving.js';

export const leaversShape = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        suspended: z.boolean(),
        /** The day on which they were suspended, or the last day of their offices. */
        on: z.string().nullable(),
        waiting: z.array(
          z.strictObject({
            kind: z.enum(Object.keys(waitingKinds) as WaitingKind[]),
            says: z.string(),
            /** The office that hands it on. */
            handsOn: z.enum(offices),
            count: z.int(),
            /** Which they are, for those who read requests. */
            matters: z.array(
              z.strictObject({
                reference: z.string().nullable(),
                office: z.enum(offices).nullable(),
                /** Where the reader hands it on; null where another office does. */
                page: z.string().nullable(),
              }),
            ),
          }),
        ),
      }),
    ),
    /** Whether more waits than is listed. */
    more: z.boolean(),
  })
  .meta({ id: 'Leavers' });
