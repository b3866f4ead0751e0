/** The shape of a deadline that explains itself. */
import { z } from 'zod';
import { pauseReasons } from '../../policies/core/time/working-days.js';

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
  /** The days that did not count: while it was returned, or while what `because` says lasted. */
  pauses: z.array(
    z.strictObject({ from: day, to: day.nullable(), because: z.enum(pauseReasons).optional() }),
  ),
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
  because: z.enum(['calendar', 'settings', 'stage']),
  at: z.string(),
});
moveShape.register(z.globalRegistry, { id: 'DeadlineMove' });
