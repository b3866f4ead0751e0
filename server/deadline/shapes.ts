/** The shape of a deadline that explains itself. */
import { z } from 'zod';

const day = z.string();

const skippedShape = z.array(z.strictObject({ date: day, reason: z.string() }));
skippedShape.register(z.globalRegistry, { id: 'SkippedDays' });

/** A number of working days, counted day by day. */
export const countShape = z.strictObject({ due: day, counted: z.array(day), skipped: skippedShape });
countShape.register(z.globalRegistry, { id: 'WorkingDays' });

export const dueShape = z.strictObject({
  what: z.string(),
  at: day.nullable(),
  counted: z.array(day),
  skipped: skippedShape,
  pauses: z.array(z.strictObject({ from: day, to: day.nullable() })),
});
dueShape.register(z.globalRegistry, { id: 'Due' });

/** A deadline with when it was met; null while it runs. */
export const deadlineShape = z.strictObject({ ...dueShape.shape, metAt: z.string().nullable() });
deadlineShape.register(z.globalRegistry, { id: 'Deadline' });

/** How a deadline that ran was moved. */
export const moveShape = z.strictObject({
  what: z.string(),
  was: day,
  became: day,
  because: z.enum(['calendar', 'settings']),
  at: z.string(),
});
moveShape.register(z.globalRegistry, { id: 'DeadlineMove' });
