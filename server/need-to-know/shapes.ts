import { z } from 'zod';

/** An answer as it is read, and its reason. */
export const answerValue = z.union([
  z.string(),
  z.array(z.strictObject({ bar: z.string(), lawfulRoute: z.string().optional() })),
  z.record(z.string(), z.string()),
]);
answerValue.register(z.globalRegistry, { id: 'AnswerValue' });
export const reason = z.union([z.string(), z.record(z.string(), z.string())]).meta({ id: 'AnswerReason' });
