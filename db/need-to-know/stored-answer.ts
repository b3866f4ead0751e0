/** An answer as JSON keeps it. */
import { z } from 'zod';
import { lawfulBasisSchema } from '../../policies/need-to-know/lawful-basis.js';

const perItem = z.record(z.string(), z.string());

export const storedAnswerValue = z.union([
  z.string(),
  z.array(z.strictObject({ bar: z.string(), lawfulRoute: z.string().optional() })),
  perItem,
]);

export const storedReason = z.union([z.string(), perItem]);

export const storedAnswer = z.strictObject({
  answer: storedAnswerValue,
  reason: storedReason.optional(),
  basis: lawfulBasisSchema.optional(),
});
