/** The body of opening a programme. */
import { z } from 'zod';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { answersSchema, type Answers } from '../../policies/need-to-know/answers.js';
import { longestTitle, placesAllowed } from '../../policies/programme/programme.js';
import { asked } from '../web/schema/field-words.js';
import { date, text } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const programmeBody = z.strictObject({
  title: asked(text(longestTitle), 'Name of the programme'),
  observationTypes: asked(
    z.array(z.enum(observationTypeKeys)).min(1).max(observationTypeKeys.length),
    'Types',
    { missing: 'Select at least one type', wrong: 'Select at least one type' },
  ),
  window: z.strictObject({ from: date, to: date }),
  places: asked(z.int().min(placesAllowed.least).max(placesAllowed.most), 'Number of places', {
    wrong: `Number of places must be a whole number from ${placesAllowed.least} to ${placesAllowed.most}`,
  }),
  draftAnswers: answersSchema.optional(),
});
programmeBody.register(z.globalRegistry, { id: 'ProgrammeBody' });
export type SentProgramme = Sent<typeof programmeBody> & { readonly draftAnswers: Answers };
