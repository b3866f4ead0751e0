/** The bodies of calls about papers. */
import { z } from 'zod';
import { causes } from '../../policies/core/cause.js';
import { citedKinds, rightFindings, statutoryRights } from '../../policies/request/statutory-right.js';
import { asked } from '../web/schema/field-words.js';
import { date, instant, text, version } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

const reasons = text(4000);

/** What a right hangs on: the body, its meeting, decision or review, and the day. */
const cites = z.strictObject({
  kind: asked(z.enum(citedKinds), 'Kind of what is cited', {
    missing: 'Select whether the right hangs on a meeting, a decision or a review',
  }),
  body: asked(text(200), 'Body', { missing: 'Enter which body met, decided or reviews' }),
  date: asked(date, 'Day of what is cited'),
  // Of a meeting of the executive: whether the public was kept out.
  private: z.boolean().optional(),
  // The item of the work programme, or the minute, by which the action or decision is under scrutiny.
  scrutiny: text(500).optional(),
});
cites.register(z.globalRegistry, { id: 'RightCites' });

export const rightBody = z.strictObject({
  version,
  right: asked(z.enum(statutoryRights), 'Right', { missing: 'Select whether there is a right, and which' }),
  reasons: asked(reasons, 'Reasons', { missing: 'Enter why there is a right, or why there is none' }),
  document: asked(text(1000), 'Document', { missing: 'Describe the document' }).optional(),
  cites: cites.optional(),
  due: date.optional(),
});
rightBody.register(z.globalRegistry, { id: 'StatutoryRightBody' });
export type SentRight = Sent<typeof rightBody>;

const finding = z.strictObject({
  category: asked(text(200), 'Kind of papers'),
  finding: asked(z.enum(rightFindings), 'Finding', { missing: 'Select what was found' }),
  reasons: asked(reasons, 'Reasons', { missing: 'Enter the reasons for this finding' }),
});
finding.register(z.globalRegistry, { id: 'RightFinding' });

export const rightConfirmationBody = z.strictObject({
  version,
  // The delegation by which the executive's delegate decides: for regulation 17.
  delegation: asked(text(500), 'Delegation', { missing: 'Enter the delegation' }).optional(),
  findings: z.array(finding).max(100).optional(),
});
rightConfirmationBody.register(z.globalRegistry, { id: 'RightConfirmationBody' });
export type SentRightConfirmation = Sent<typeof rightConfirmationBody>;

export const rightReviewBody = z.strictObject({
  version,
  reasons: asked(reasons, 'Reasons', { missing: 'Enter why the finding should be looked at again' }),
});
rightReviewBody.register(z.globalRegistry, { id: 'RightReviewBody' });
export type SentRightReview = Sent<typeof rightReviewBody>;

export const rightReviewDecisionBody = z.strictObject({
  version,
  outcome: asked(z.enum(['upheld', 'remitted']), 'Outcome', {
    missing: 'Select whether the finding is upheld or made afresh',
  }),
  reasons: asked(reasons, 'Reasons', { missing: 'Enter the reasons of the review' }),
  noConflict: asked(z.literal(true), 'No conflict of interest', {
    missing: 'Confirm that you have no conflict of interest',
    wrong: 'Confirm that you have no conflict of interest',
  }),
});
rightReviewDecisionBody.register(z.globalRegistry, { id: 'RightReviewDecisionBody' });
export type SentRightReviewDecision = Sent<typeof rightReviewDecisionBody, 'noConflict'>;

/** A day without a time is enough; policies/papers/papers.ts says which moment it means. */
const moment = z.union([date, instant.transform((value) => new Date(value))], 'Enter a real day and time');
export const releaseBody = z.strictObject({
  category: asked(text(200), 'Kind of papers', { missing: 'Select what you record' }),
  at: asked(moment, 'Day and time', { missing: 'Enter a real day and time' }),
  returned: moment.optional(),
  // A copy that the councillor keeps, which only a right gives.
  copy: z.boolean().optional(),
  // The person who caused the departure, if the council knows.
  causedBy: z.enum(causes).optional(),
});
releaseBody.register(z.globalRegistry, { id: 'ReleaseBody' });
export type SentRelease = Sent<typeof releaseBody>;
