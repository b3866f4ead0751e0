/** The bodies of calls about a text that says too much. */
import { z } from 'zod';
import { text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const textAddress = z
  .strictObject({
    kind: z.string().regex(/^[a-z_]{1,40}$/, 'Use the kind of the record'),
    id: z.string().regex(/^[\w/-]{1,120}$/, 'Use the id of the record'),
    field: z.string().regex(/^[\w.]{1,120}$/, 'Use the name of the field'),
  })
  .meta({ id: 'TextAddress' });

export const redactionBody = z
  .strictObject({ of: textAddress, reasons: text(1000) })
  .meta({ id: 'RedactionBody' });
/** Which text, and why; not the text. */
export type SentRedaction = Sent<typeof redactionBody>;

export const redactionParams = z.strictObject({ id: uuid });
