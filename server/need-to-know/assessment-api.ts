/** The test of a request: each office answers its questions, and people read the test as it stands. */
import { answerName, answerSchema } from '../../policies/need-to-know/answers.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { answerQuestion } from './answer-question.js';
import { presentAssessment } from './present.js';
import { readAssessment } from './read-assessment.js';
import { assessmentShape } from './shapes.js';
import { presentRequest } from '../request/present/request.js';
import { requestShape } from '../request/shapes.js';
import { liftHere } from './commands.js';
import { liftRule } from './lift-rule.js';
import { requestParams } from '../request/bodies.js';
import { onceOnCase } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { version } from '../web/schema/schemas.js';

const answerRoutes = questionKeys.map((key) =>
  route({
    method: 'PUT',
    path: `/api/requests/{reference}/assessment/${key}`,
    summary: `Answer the question ${key}, for its office`,
    params: requestParams,
    body: answerSchema(key)
      .extend({ version })
      .meta({ id: `${answerName(key)}Body` }),
    response: assessmentShape,
    run: (ctx, { params, body: { version: against, ...answer } }) =>
      onceOnCase(
        ctx,
        200,
        (joined) => answerQuestion(joined, params.reference, key, against, answer),
        (joined, { row, assessment }) => presentAssessment(joined, row, assessment),
      ),
  }),
);

export const assessmentRoutes = [
  ...answerRoutes,
  route({
    ...liftHere.api,
    params: requestParams,
    summary: 'Lift a council rule that blocks, or decline, with reasons, for one of the three offices',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => liftRule(joined, params.reference, body), presentRequest),
  }),
  route({
    method: 'GET',
    path: '/api/requests/{reference}/assessment',
    summary: 'The need-to-know test as it stands',
    params: requestParams,
    response: assessmentShape,
    run: async (ctx, { params }) => {
      const { row, assessment } = await readAssessment(ctx, params.reference);
      return presentAssessment(ctx, row, assessment);
    },
  }),
];
