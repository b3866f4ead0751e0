/** What is sent about a programme. */
import { z } from 'zod';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { answersSchema, type Answers } from '../../policies/need-to-know/answers.js';
import { longestTitle, placesAllowed } from '../../policies/programme/programme.js';
import { date, text } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

export const programmeBody = z.strictObject({
  title: text(longestTitle),
  observationTypes: z
    .array(z.enum(observationTypeKeys))
    .min(1, 'Choose at least one type.')
    .max(observationTypeKeys.length),
  window: z.strictObject({ from: date, to: date }),
  places: z
    .int('Enter a whole number.')
    .min(placesAllowed.least, `Offer at least ${placesAllowed.least} place.`)
    .max(placesAllowed.most, `Offer at most ${placesAllowed.most} places.`),
  draftAnswers: answersSchema.optional(),
});
programmeBody.register(z.globalRegistry, { id: 'ProgrammeBody' });
export type SentProgramme = Sent<typeof programmeBody> & { readonly draftAnswers: Answers };
