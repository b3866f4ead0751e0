/** The body of recording a finding. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { date, text, uuid } from '../web/schema/schemas.js';

export const findingParams = z.strictObject({ id: uuid });

export const findingBody = z
  .strictObject({
    body: asked(text(200), 'Body', { missing: 'Enter the body that made the finding' }),
    date: asked(date, 'Day of the finding'),
    minute: asked(text(200), 'Minute', { missing: 'Enter the minute or the reference of the decision' }),
    until: asked(date, 'Weighed until'),
  })
  .meta({ id: 'FindingBody' });
export type SentFinding = z.infer<typeof findingBody>;
