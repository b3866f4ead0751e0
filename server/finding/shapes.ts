/** A finding, as it is answered. */
import { z } from 'zod';

/** As the offices see it beside the test, and the councillor on their record. */
export const weighedFindingShape = z
  .strictObject({ body: z.string(), date: z.string(), minute: z.string(), until: z.string() })
  .meta({ id: 'WeighedFinding' });

export const findingShape = z
  .strictObject({
    id: z.string(),
    councillor: z.strictObject({ id: z.string(), name: z.string() }),
    ...weighedFindingShape.shape,
    weighed: z.boolean(),
  })
  .meta({ id: 'Finding' });
