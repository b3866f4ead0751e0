/** The test, the discussion, the sign-offs and the decision of a request. */
import { z } from 'zod';
import { answerSchema } from '../../policies/need-to-know/answers.js';
import { grounds } from '../../policies/need-to-know/grounds.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import {
  categories,
  conditionOwners,
  conditionTimes,
  decidingOffices,
} from '../../policies/core/subjects.js';
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
import { date, page, text, version } from '../web/api/schemas.js';
import { assessmentShape, discussionShape, requestShape } from '../web/api/shapes.js';

const reasons = text(4000);
const noConflict = z.literal(true, 'Declare that you have no conflict: send true.');
const conditions = z
  .array(
    z.union([
      text(1000),
      z.strictObject({ text: text(1000), owner: z.enum(conditionOwners), before: z.enum(conditionTimes) }),
    ]),
  )
  .max(30)
  .default([]);
const coded = z.array(z.enum(grounds)).max(grounds.length).default([]);
export const twoOffices = z.enum(['childrens_services', 'democratic_services']);

/** What an office says in the discussion. */
export const spokenBody = z.strictObject({
  version,
  text: text(10_000),
  privileged: z.boolean().optional(),
  office: z.enum(decidingOffices).optional(),
});

/** The note of a meeting of the offices. */
export const meetingBody = z.strictObject({
  version,
  meeting: z.strictObject({
    date,
    present: z.array(z.enum(decidingOffices)).min(1, 'Name the offices that were present.').max(4),
    note: text(10_000),
  }),
  privileged: z.boolean().optional(),
  office: z.enum(decidingOffices).optional(),
});

export const signOffBody = z.strictObject({
  version,
  office: twoOffices,
  outcome: z.enum(['agree', 'object']),
  reasons,
  grounds: coded,
  conditions,
  noConflict,
});

export const withdrawalBody = z.strictObject({ version, reasons });

export const decisionBody = z.strictObject({
  version,
  outcome: z.enum(['approve', 'refuse']),
  reasons,
  grounds: coded,
  conditions,
  categories: z.array(z.enum(categories)).min(1).max(categories.length).default(['process']),
  from: date.optional(),
  to: date.optional(),
  noConflict,
});

const answerRoutes = questionKeys.map((key) =>
  route({
    method: 'PUT',
    path: `/api/requests/{reference}/assessment/${key}`,
    summary: `Answer the question ${key}, for its office`,
    params: requestParams,
    body: answerSchema(key).extend({ version }),
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
    body: z.union([spokenBody, meetingBody]),
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
