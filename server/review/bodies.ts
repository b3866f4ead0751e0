/** What is sent about a review of a refusal, and about a direction. */
import { z } from 'zod';
import { seats } from '../../policies/core/subjects.js';
import { date, personRef, text, version as anyVersion } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

/** The version may be sent along, and is then held against the one that stands. */
const version = anyVersion.optional();
const reasons = text(4000);

export const reviewBody = z.strictObject({ version, reasons }).meta({ id: 'ReviewBody' });
export type SentReview = Sent<typeof reviewBody>;

export const reviewerBody = z.strictObject({
  version,
  person: personRef,
  namedBy: text(200),
  authority: text(1000),
  office: z.enum([...seats, 'monitoring_officer']).optional(),
});
reviewerBody.register(z.globalRegistry, { id: 'ReviewerBody' });
export type SentNaming = Sent<typeof reviewerBody>;

export const reviewDecisionBody = z.strictObject({
  version,
  outcome: z.enum(['upheld', 'remitted']),
  reasons,
  noConflict: z.literal(true, 'Declare that you have no conflict: send true.'),
});
reviewDecisionBody.register(z.globalRegistry, { id: 'ReviewDecisionBody' });
export type SentReviewDecision = Sent<typeof reviewDecisionBody, 'noConflict'>;

export const directionBody = z.strictObject({
  version,
  // The committee or court.
  body: text(200),
  date,
  minute: text(500),
  outcome: z.literal('remitted'),
});
directionBody.register(z.globalRegistry, { id: 'DirectionBody' });
export type SentDirection = Sent<typeof directionBody, 'outcome'>;
