/** The bodies of calls about papers. */
import { z } from 'zod';
import { causes } from '../../policies/core/cause.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { asked } from '../web/schema/field-words.js';
import { date, instant, text, version } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const rightBody = z.strictObject({
  version,
  right: asked(z.enum(statutoryRights), 'Right', { missing: 'Select whether there is a right, and which' }),
  due: date.optional(),
});
rightBody.register(z.globalRegistry, { id: 'StatutoryRightBody' });
export type SentRight = Sent<typeof rightBody>;

/** A day without a time is enough; policies/papers/papers.ts says which moment it means. */
const moment = z.union([date, instant.transform((value) => new Date(value))], 'Enter a real day and time');
export const releaseBody = z.strictObject({
  category: asked(text(200), 'Kind of papers', { missing: 'Select what you record' }),
  at: asked(moment, 'Day and time', { missing: 'Enter a real day and time' }),
  returned: moment.optional(),
  // The person who caused the departure, if the council knows.
  causedBy: z.enum(causes).optional(),
});
releaseBody.register(z.globalRegistry, { id: 'ReleaseBody' });
export type SentRelease = Sent<typeof releaseBody>;
