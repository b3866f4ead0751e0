/** What an office says of lifting a council rule, as much of it as a request knows of itself. */
import { z } from 'zod';
import { liveLiftNames, type LiveLift } from '../../policies/need-to-know/lift.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { allowed } from '../core/rows/tables.js';

export const liveLiftFields = {
  question: z.enum(questionKeys),
  blocks: z.array(z.enum(allowed['lifts.blocks'])),
  office: z.enum(allowed['lifts.office']),
  personId: z.string(),
  outcome: z.enum(allowed['lifts.outcome']),
} satisfies { [Field in keyof LiveLift]: z.ZodType<LiveLift[Field]> };

/** Of the one that stands, `l`, for `json_build_object`. */
export const liveLiftSelected = liveLiftNames
  .map((name) => `'${name}', l.${name === 'personId' ? 'person_id' : name}`)
  .join(', ');

export const storedLiveLift = z.strictObject(liveLiftFields);
