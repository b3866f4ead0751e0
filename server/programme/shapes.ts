import { z } from 'zod';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { answerValue, reason } from '../need-to-know/shapes.js';

const day = z.string();

export const programmeShape = z.strictObject({
  id: z.string(),
  title: z.string(),
  observationTypes: z.array(z.enum(observationTypeKeys)),
  window: z.strictObject({ from: day, to: day }),
  places: z.int(),
  /** How many requests of it are approved. */
  taken: z.int(),
  openedAt: z.string(),
  draftAnswers: z
    .partialRecord(z.enum(questionKeys), z.strictObject({ answer: answerValue, reason: reason.optional() }))
    .optional(),
  can: z.array(z.literal('take_part')),
});
programmeShape.register(z.globalRegistry, { id: 'Programme' });
