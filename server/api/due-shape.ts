/** The shape of a deadline that explains itself. */
import { z } from 'zod';

const day = z.string();

export const skippedShape = z.array(z.strictObject({ date: day, reason: z.string() }));

export const dueShape = z.strictObject({
  what: z.string(),
  at: day.nullable(),
  counted: z.array(day),
  skipped: skippedShape,
  pauses: z.array(z.strictObject({ from: day, to: day.nullable() })),
});
