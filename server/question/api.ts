/** What is asked after a visit, and its answer. */
import { z } from 'zod';
import { presentVisitAfter } from '../visit/present/after.js';
import { visitShape } from '../visit/shapes.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { uuid } from '../web/schema/schemas.js';
import { answerVisitQuestion } from './answer-visit-question.js';
import { askQuestion } from './ask-question.js';
import { questionBody, responseBody } from './bodies.js';
import { visitAskedAbout } from './read-question.js';

export const byId = z.strictObject({ id: uuid });

export const questionRoutes = [
  route({
    method: 'POST',
    path: '/api/visits/{id}/questions',
    summary: 'Put a question or a challenge after your visit',
    params: byId,
    body: questionBody,
    status: 201,
    response: visitShape,
    run: (ctx, { params, body }) =>
      once(ctx, 201, (joined) => askQuestion(joined, params.id, body), presentVisitAfter, 'visit.read'),
  }),
  route({
    method: 'POST',
    path: '/api/questions/{id}/response',
    summary: 'Answer a question or a challenge, once',
    params: byId,
    body: responseBody,
    status: 201,
    response: visitShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        201,
        (joined) => answerVisitQuestion(joined, params.id, body),
        async (joined, id) => presentVisitAfter(joined, await visitAskedAbout(joined, id)),
        'visit.read',
      ),
  }),
];
