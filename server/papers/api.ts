/** Papers: whether a statutory right to them exists, and their releases. */
import { recordRight } from './record-right.js';
import { releasePapers } from './release-papers.js';
import { onceOnCase } from '../web/api/once.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { requestShape } from '../request/shapes.js';
import {
  askRightReviewHere,
  confirmRightHere,
  decideRightReviewHere,
  releaseHere,
  rightHere,
} from './commands.js';
import { confirmRight } from './confirm-right.js';
import { askRightReview, decideRightReview } from './review-right.js';

export const paperRoutes = [
  route({
    ...rightHere.api,
    summary: 'Record whether there is a statutory right to the papers, for Legal',
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 200, (joined) => recordRight(joined, params.reference, body), presentRequest),
  }),
  route({
    ...confirmRightHere.api,
    summary: 'Confirm what Legal recorded about a right, as another person; only then it counts',
    status: 200,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 200, (joined) => confirmRight(joined, params.reference, body), presentRequest),
  }),
  route({
    ...askRightReviewHere.api,
    summary: 'Ask for a review of the finding that a claimed right does not exist',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => askRightReview(joined, params.reference, body), presentRequest),
  }),
  route({
    ...decideRightReviewHere.api,
    summary: 'Decide the review of a denied right: upheld, or found afresh by others',
    status: 200,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...sent } }) =>
      onceOnCase(ctx, 200, (joined) => decideRightReview(joined, params.reference, sent), presentRequest),
  }),
  route({
    ...releaseHere.api,
    summary:
      'Record that papers were released, or that they came back; what nothing allowed then becomes an incident',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => releasePapers(joined, params.reference, body), presentRequest),
  }),
];
