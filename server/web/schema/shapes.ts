/**
 * The shapes that lists and spans of every capability have. Each capability has its own beside it, in `shapes.ts`, for
 * the published contract and for the tests, which hold every answer against them: a field that is not there is a leak,
 * and fails.
 */
import { z } from 'zod';

export const spanShape = z.strictObject({ from: z.string(), to: z.string() }).meta({ id: 'Span' });

/** A page of a list: `VisitPage` in the contract where the item is `Visit`. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z
    .strictObject({ items: z.array(item), next: z.string().nullable() })
    .meta({ id: `${item.meta()?.id}Page` });
