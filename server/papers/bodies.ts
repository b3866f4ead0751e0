/** What is sent about papers. */
import { z } from 'zod';
import { causes, statutoryRights } from '../../policies/core/subjects.js';
import { date, instant, text, version } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

export const rightBody = z.strictObject({ version, right: z.enum(statutoryRights), due: date.optional() });
rightBody.register(z.globalRegistry, { id: 'StatutoryRightBody' });
export type SentRight = Sent<typeof rightBody>;

/** A day alone will do: what it stands for is said in policies/papers/papers.ts. */
const moment = z.union(
  [date, instant.transform((value) => new Date(value))],
  'Enter a real date, such as 2026-09-15, or a date and time with an offset, such as 2026-09-15T10:00:00+01:00.',
);
export const releaseBody = z.strictObject({
  category: text(200),
  at: moment,
  returned: moment.optional(),
  // Who caused what lay outside, where the council knows.
  causedBy: z.enum(causes).optional(),
});
releaseBody.register(z.globalRegistry, { id: 'ReleaseBody' });
export type SentRelease = Sent<typeof releaseBody>;
