/** What is sent of a question after a visit. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { text } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const questionBody = z.strictObject({
  kind: asked(z.enum(['question', 'challenge']), 'Kind', {
    missing: 'Select whether it is a question or a challenge',
  }),
  text: asked(text(4000), 'Text', { missing: 'Enter what you ask' }),
});
questionBody.register(z.globalRegistry, { id: 'VisitQuestionBody' });
export type SentQuestion = Sent<typeof questionBody>;

export const responseBody = z.strictObject({
  text: asked(text(4000), 'Answer'),
  toCommittee: asked(z.boolean(), 'Committee', { missing: 'Select whether it went to the committee' }),
});
responseBody.register(z.globalRegistry, { id: 'ResponseBody' });
export type SentResponse = Sent<typeof responseBody>;
