/** The shape of a report of a text. */
import { z } from 'zod';
import { namesOf, redactionCommands } from '../../policies/permission/every-command.js';
import { redactingOffices, redactionStatuses } from '../../policies/redaction/redaction.js';

const instant = z.string();
const confirmed = z.strictObject({
  at: instant,
  by: z.strictObject({ name: z.string(), office: z.enum(redactingOffices) }),
});

export const redactionShape = z.strictObject({
  id: z.string(),
  of: z.strictObject({ kind: z.string(), id: z.string(), field: z.string() }),
  reference: z.string().nullable(),
  status: z.enum(redactionStatuses),
  reasons: z.string(),
  reported: z.strictObject({ at: instant, by: z.strictObject({ name: z.string() }) }),
  // The first of the two people.
  confirmed: confirmed.nullable(),
  // Who erased it or put it back.
  settled: confirmed.nullable(),
  putBackReasons: z.string().nullable(),
  // Whether a legal hold covers the text.
  held: z.boolean(),
  // For those who weigh it, while it is hidden, and read one by one.
  text: z.string().nullable(),
  can: z.array(z.enum(namesOf(redactionCommands))),
});
redactionShape.register(z.globalRegistry, { id: 'Redaction' });
