/** Review of a refusal, the reviewer named where nobody is free, and a direction. */
import { z } from 'zod';
import { seats } from '../../policies/core/subjects.js';
import { askReview } from './ask-review.js';
import { decideReview } from './decide-review.js';
import { nameReviewer } from './name-reviewer.js';
import { recordDirection } from './record-direction.js';
import { onceOnCase } from '../web/api/once.js';
import { requestParams } from '../request/api.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { date, personRef, text, version as anyVersion } from '../web/api/schemas.js';
import { requestShape } from '../web/api/shapes.js';

/** The version may be sent along, and is then held against the one that stands. */
const version = anyVersion.optional();
const reasons = text(4000);

export const reviewBody = z.strictObject({ version, reasons });

export const reviewerBody = z.strictObject({
  version,
  person: personRef,
  namedBy: text(200),
  authority: text(1000),
  office: z.enum([...seats, 'monitoring_officer']).optional(),
});

export const reviewDecisionBody = z.strictObject({
  version,
  outcome: z.enum(['upheld', 'remitted']),
  reasons,
  noConflict: z.literal(true, 'Declare that you have no conflict: send true.'),
});

export const directionBody = z.strictObject({
  version,
  body: text(200),
  date,
  minute: text(500),
  outcome: z.literal('remitted'),
});

const answers = { params: requestParams, status: 201, response: requestShape } as const;

export const reviewRoutes = [
  route({
    method: 'POST',
    path: '/api/requests/{reference}/review',
    summary: 'Ask for a review of a refusal, within ten working days',
    ...answers,
    body: reviewBody,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => askReview(joined, params.reference, body), presentRequest),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/review/reviewer',
    summary: 'Record whom the Chief Executive names, where nobody of the office is free',
    ...answers,
    body: reviewerBody,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => nameReviewer(joined, params.reference, body), presentRequest),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/review/decision',
    summary: 'Uphold a refusal, or remit the request to be decided afresh by others',
    ...answers,
    body: reviewDecisionBody,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => decideReview(joined, params.reference, given), presentRequest),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/direction',
    summary: 'Record the direction of a committee or a court, which remits the request',
    ...answers,
    body: directionBody,
    run: (ctx, { params, body: { outcome: _remitted, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => recordDirection(joined, params.reference, given), presentRequest),
  }),
];
