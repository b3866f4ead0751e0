/** What is asked after a visit, and its answer. */
import { presentVisitAfter, presentVisitAskedAbout } from '../visit/present/after.js';
import { visitShape } from '../visit/shapes.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { answerVisitQuestion } from './answer-visit-question.js';
import { askQuestion } from './ask-question.js';
import { askHere, respondHere } from './commands.js';

export const questionRoutes = [
  route({
    ...askHere.api,
    summary: 'Put a question or a challenge after your visit',
    status: 201,
    response: visitShape,
    run: (ctx, { params, body }) =>
      once(ctx, 201, (joined) => askQuestion(joined, params.id, body), presentVisitAfter, 'visit.read'),
  }),
  route({
    ...respondHere.api,
    summary: 'Answer a question or a challenge, once',
    status: 201,
    response: visitShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        201,
        (joined) => answerVisitQuestion(joined, params.id, body),
        presentVisitAskedAbout,
        'visit.read',
      ),
  }),
];
