/** The shapes of legal holds, of data due for disposal, and of disposals. */
import { holdCauses } from '../../policies/legal-hold/legal-hold.js';
import { z } from 'zod';
import { disposalStatuses, disposalTargets } from '../../policies/retention/disposing.js';
import { disposalCommands, holdCommands, namesOf } from '../../policies/permission/every-command.js';
import { capacities, offices } from '../../policies/core/office.js';

const instant = z.string();
const named = z.strictObject({ id: z.string(), name: z.string() });
const by = z.strictObject({ name: z.string(), office: z.enum(offices), capacity: z.enum(capacities) });

export const holdShape = z.strictObject({
  id: z.string(),
  reference: z.string().nullable(),
  councillor: named,
  because: z.enum(holdCauses),
  reasons: z.string(),
  placed: z.strictObject({ at: instant, by }),
  lifted: z.strictObject({ at: instant, by, reasons: z.string() }).nullable(),
  can: z.array(z.enum(namesOf(holdCommands))),
});
holdShape.register(z.globalRegistry, { id: 'LegalHold' });

const day = z.string();
const count = z.int().min(0);

/** How long each kind is kept, in months, and whose data has been kept for its time: counts alone. */
export const retentionShape = z.strictObject({
  schedule: z.strictObject({ requests: count, councillors: count, notifications: count }),
  notifications: z.strictObject({
    before: day,
    count,
    proposal: z.string().nullable(),
    can: z.array(z.literal('propose')),
  }),
  items: z.array(
    z.strictObject({
      councillor: named,
      due: z.strictObject({ requests: count, whole: z.boolean() }),
      matters: z.array(
        z.strictObject({
          requests: count,
          state: z.enum(['due', 'held', 'open', 'kept']),
          until: day.nullable(),
        }),
      ),
      until: day.nullable(),
      proposal: z.string().nullable(),
      can: z.array(z.literal('propose')),
    }),
  ),
  next: z.string().nullable(),
});
retentionShape.register(z.globalRegistry, { id: 'Retention' });

const done = z.strictObject({ at: instant, by });

export const disposalShape = z.strictObject({
  id: z.string(),
  target: z.enum(disposalTargets),
  // The councillor: only for readers who may know it, and only before the disposal is done.
  councillor: named.nullable().optional(),
  requests: count,
  whole: z.boolean(),
  before: day.nullable(),
  status: z.enum(disposalStatuses),
  proposed: done,
  settled: done.nullable(),
  certificate: z.strictObject({ rows: z.record(z.string(), count), trail: count }).nullable(),
  can: z.array(z.enum(namesOf(disposalCommands))),
});
disposalShape.register(z.globalRegistry, { id: 'Disposal' });
