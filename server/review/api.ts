/** Review of a refusal, the reviewer named because nobody is free, and a direction. */
import { acceptLate } from './accept-late.js';
import { askReview } from './ask-review.js';
import { decideReview } from './decide-review.js';
import { nameReviewer } from './name-reviewer.js';
import { recordDirection } from './record-direction.js';
import { onceOnCase } from '../web/api/once.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { requestShape } from '../request/shapes.js';
import { answerGist } from './answer-gist.js';
import { remitUnasked } from './remit-unasked.js';
import { tellGist } from './tell-gist.js';
import {
  acceptLateHere,
  answerGistHere,
  tellGistHere,
  askReviewHere,
  decideReviewHere,
  directHere,
  nameReviewerHere,
  remitUnaskedHere,
} from './commands.js';

const answers = { status: 201, response: requestShape } as const;

export const reviewRoutes = [
  route({
    ...tellGistHere.api,
    summary: 'Tell the councillor the gist before a refusal on purpose, a personal link or conduct',
    ...answers,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => tellGist(joined, params.reference, body), presentRequest),
  }),
  route({
    ...answerGistHere.api,
    summary: 'Answer what you were told before a refusal',
    ...answers,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => answerGist(joined, params.reference, body), presentRequest),
  }),
  route({
    ...askReviewHere.api,
    summary: 'Ask for a review of a refusal, in time or with the reason why it is late',
    ...answers,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => askReview(joined, params.reference, body), presentRequest),
  }),
  route({
    ...nameReviewerHere.api,
    summary: 'Record whom the Chief Executive names, where nobody of the office is free',
    ...answers,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => nameReviewer(joined, params.reference, body), presentRequest),
  }),
  route({
    ...acceptLateHere.api,
    summary: 'Accept a review that was asked for late, or not',
    ...answers,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => acceptLate(joined, params.reference, given), presentRequest),
  }),
  route({
    ...remitUnaskedHere.api,
    summary: 'Have a refusal decided afresh by others, unasked',
    ...answers,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => remitUnasked(joined, params.reference, given), presentRequest),
  }),
  route({
    ...decideReviewHere.api,
    summary: 'Uphold a refusal, or remit the request to be decided afresh by others',
    ...answers,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => decideReview(joined, params.reference, given), presentRequest),
  }),
  route({
    ...directHere.api,
    summary: 'Record an order, which is carried out, or a recommendation, which has it decided afresh',
    ...answers,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => recordDirection(joined, params.reference, body), presentRequest),
  }),
];
