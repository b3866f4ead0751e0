/** The bodies of calls about corrections. */
import { z } from 'zod';
import { textAddress } from '../redaction/bodies.js';
import { attendanceChangesBody } from '../visit/bodies.js';
import { asked } from '../web/schema/field-words.js';
import { text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const correctionBody = z
  .strictObject({
    of: textAddress,
    // Of an attendance, the fields that change together.
    corrected: asked(z.union([text(4000), attendanceChangesBody]), 'Corrected text', {
      missing: 'Enter what it says correctly',
    }),
    reasons: asked(text(1000), 'Reasons'),
  })
  .meta({ id: 'CorrectionBody' });
export type SentCorrection = Sent<typeof correctionBody>;

export const correctionParams = z.strictObject({ id: uuid });
