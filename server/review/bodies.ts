/** The bodies of calls about a review of a refusal, and about a direction. */
import { directingBodies, directionEffects } from '../../policies/request/reviewed.js';
import { z } from 'zod';
import { seats } from '../../policies/core/office.js';
import { asked } from '../web/schema/field-words.js';
import { date, emailMissing, personRef, text, version as anyVersion } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

/** The caller may send the version; then it must be the current one. */
const version = anyVersion.optional();
const reasons = text(4000);
const noConflict = asked(z.literal(true), 'No conflict of interest', {
  missing: 'Confirm that you have no conflict of interest',
  wrong: 'Confirm that you have no conflict of interest',
});

export const reviewBody = z.strictObject({
  version,
  reasons: asked(reasons, 'Reasons', { missing: 'Enter why it should be looked at again' }),
  // After the time to ask alone: a review that is late is heard for good reason.
  late: asked(text(2000), 'Why it is late', { missing: 'Enter why you ask late' }).optional(),
});
reviewBody.register(z.globalRegistry, { id: 'ReviewBody' });
export type SentReview = Sent<typeof reviewBody>;

export const gistBody = z
  .strictObject({
    version,
    gist: asked(text(4000), 'The gist', { missing: 'Enter what the councillor is told' }),
  })
  .meta({ id: 'GistBody' });
export type SentGist = Sent<typeof gistBody>;

export const gistAnswerBody = z
  .strictObject({ version, text: asked(text(4000), 'Your answer', { missing: 'Enter your answer' }) })
  .meta({ id: 'GistAnswerBody' });
export type SentAnswer = Sent<typeof gistAnswerBody>;

export const reviewerBody = z.strictObject({
  version,
  person: asked(personRef, 'Person', { missing: emailMissing, wrong: emailMissing }),
  namedBy: asked(text(200), 'Who named them', { missing: 'Enter who named them' }),
  authority: asked(text(1000), 'Authority', { missing: 'Enter the authority it is done under' }),
  office: asked(z.enum([...seats, 'monitoring_officer']), 'Office', {
    missing: 'Select the office that they act for',
  }).optional(),
});
reviewerBody.register(z.globalRegistry, { id: 'ReviewerBody' });
export type SentNaming = Sent<typeof reviewerBody>;

export const reviewDecisionBody = z.strictObject({
  version,
  outcome: asked(z.enum(['upheld', 'remitted']), 'Outcome', {
    missing: 'Select whether it is upheld or decided afresh',
  }),
  reasons,
  noConflict,
});
reviewDecisionBody.register(z.globalRegistry, { id: 'ReviewDecisionBody' });
export type SentReviewDecision = Sent<typeof reviewDecisionBody, 'noConflict'>;

/** Whether a review that was asked for late is heard. */
export const lateReviewBody = z
  .strictObject({
    version,
    outcome: asked(z.enum(['accepted', 'refused']), 'Outcome', {
      missing: 'Select whether the review is heard',
    }),
    reasons: asked(reasons, 'Reasons', { missing: 'Enter your reasons' }),
    noConflict,
  })
  .meta({ id: 'LateReviewBody' });
export type SentLate = Sent<typeof lateReviewBody, 'noConflict'>;

export const remittalBody = z
  .strictObject({
    version,
    reasons: asked(reasons, 'Reasons', { missing: 'Enter why it is decided afresh' }),
    // Of somebody who signed it: why it is they who remit it.
    ownBecause: asked(text(2000), 'Why it is you', { missing: 'Enter why it is you' }).optional(),
    noConflict,
  })
  .meta({ id: 'RemittalBody' });
export type SentRemittal = Sent<typeof remittalBody, 'noConflict'>;

export const directionBody = z
  .strictObject({
    version,
    // The committee or court.
    body: asked(text(200), 'Committee or court', { missing: 'Enter which committee or court directed it' }),
    date: asked(date, 'Day of the direction'),
    minute: asked(text(500), 'Minute or case number', { missing: 'Enter the minute or the case number' }),
    effect: asked(z.enum(directionEffects), 'Effect', {
      missing: 'Select whether it is an order, which is carried out, or a recommendation',
    }).optional(),
    // Left out, a committee: it binds least.
    givenBy: asked(z.enum(directingBodies), 'Body', {
      missing: 'Select whether a court, the council or a committee gave it',
    }).optional(),
    // From before orders were told apart: what it says is a recommendation.
    outcome: z.literal('remitted').optional(),
  })
  .refine(
    ({ effect, outcome }) => (effect === 'order' ? outcome === undefined : (effect ?? outcome) !== undefined),
    {
      path: ['effect'],
      message: 'Select whether it is an order, which is carried out, or a recommendation',
    },
  );
directionBody.register(z.globalRegistry, { id: 'DirectionBody' });
/** On its page somebody chooses which body gave it: none is chosen for them. */
export const directionForm = directionBody.safeExtend({
  givenBy: asked(z.enum(directingBodies), 'Body', {
    missing: 'Select whether a court, the council or a committee gave it',
  }),
});
export type SentDirection = Sent<typeof directionBody>;
