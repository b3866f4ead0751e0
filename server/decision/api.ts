/** The test, the discussion, the sign-offs and the decision of a request. */
import { z } from 'zod';
import { answerName, answerSchema } from '../../policies/need-to-know/answers.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { presentAssessment } from '../need-to-know/present.js';
import { presentEntry } from './present/discussion.js';
import { answerQuestion } from '../need-to-know/answer-question.js';
import { decideRequest } from './decide-request.js';
import { discussRequest } from './discuss-request.js';
import { readAssessment } from '../need-to-know/read-assessment.js';
import { readDiscussion } from './read-discussion.js';
import { signOffRequest } from './sign-off-request.js';
import { withdrawSignOff } from './withdraw-sign-off.js';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { onceOnCase } from '../web/api/once.js';
import { requestParams } from '../request/api.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { page, version } from '../web/api/schemas.js';
import { assessmentShape, discussionShape, requestShape } from '../web/api/shapes.js';
import { twoOffices, spokenBody, meetingBody, signOffBody, withdrawalBody, decisionBody } from './bodies.js';

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

export const decidingRoutes = [
  ...answerRoutes,
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
  route({
    method: 'POST',
    path: '/api/requests/{reference}/discussion',
    summary: 'Speak for your office, or record a meeting',
    params: requestParams,
    body: z.union([spokenBody, meetingBody]).meta({ id: 'DiscussionBody' }),
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => discussRequest(joined, params.reference, body), presentRequest),
  }),
  route({
    method: 'GET',
    path: '/api/requests/{reference}/discussion',
    summary: 'What the offices have said',
    params: requestParams,
    query: page,
    response: discussionShape,
    run: async (ctx, { params, query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.int().min(0)]))[0];
      const { items, last } = await readDiscussion(ctx, params.reference, { limit, after });
      return { items: items.map(presentEntry), next: last ? encodeCursor([last.seq]) : null };
    },
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/sign-offs',
    summary: 'Agree or object, for Children’s Services or Democratic Services',
    params: requestParams,
    body: signOffBody,
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => signOffRequest(joined, params.reference, given), presentRequest),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/sign-offs/{office}/withdraw',
    summary: 'Take a sign-off back, with reasons, before the decision',
    params: z.strictObject({ ...requestParams.shape, office: twoOffices }),
    body: withdrawalBody,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(
        ctx,
        200,
        (joined) => withdrawSignOff(joined, params.reference, params.office, body),
        presentRequest,
      ),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/decision',
    summary: 'Approve or refuse, for Legal',
    params: requestParams,
    body: decisionBody,
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => decideRequest(joined, params.reference, given), presentRequest),
  }),
];
