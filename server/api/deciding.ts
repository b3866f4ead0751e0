/** The test, the discussion, the sign-offs and the decision of a request. */
import { z } from 'zod';
import * as requests from '../../db/requests.js';
import { answerSchema } from '../../policies/need-to-know/answers.js';
import { grounds } from '../../policies/need-to-know/grounds.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { categories, conditionOwners, conditionTimes, decidingOffices } from '../../policies/subjects.js';
import { presentAssessment } from '../presenters/assessment.js';
import { presentEntry } from '../presenters/discussion.js';
import { answerQuestion } from '../usecases/answer-question.js';
import { decideRequest } from '../usecases/decide-request.js';
import { discussRequest } from '../usecases/discuss-request.js';
import { assessmentOf } from '../usecases/dossier.js';
import { readAssessment } from '../usecases/read-assessment.js';
import { readDiscussion } from '../usecases/read-discussion.js';
import { signOffRequest } from '../usecases/sign-off-request.js';
import { withdrawSignOff } from '../usecases/withdraw-sign-off.js';
import { once } from './once.js';
import { presentAfter, requestParams } from './requests.js';
import { route } from './route.js';
import { date, text, version } from './schemas.js';
import { assessmentShape, discussionShape, requestShape } from './shapes.js';

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
const twoOffices = z.enum(['childrens_services', 'democratic_services']);

const answerRoutes = questionKeys.map((key) =>
  route({
    method: 'PUT',
    path: `/api/requests/{reference}/assessment/${key}`,
    summary: `Answer the question ${key}, for its office`,
    params: requestParams,
    body: answerSchema(key).extend({ version }),
    response: assessmentShape,
    run: (ctx, { params, body: { version: against, ...answer } }) =>
      once(
        ctx,
        200,
        (joined) => answerQuestion(joined, params.reference, key, against, answer),
        async (joined, ref) => {
          const row = await requests.find(joined.db, joined.ability, ref);
          return presentAssessment(row, await assessmentOf(joined.db, row, joined.now()));
        },
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
      return presentAssessment(row, assessment);
    },
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/discussion',
    summary: 'Speak for your office, or record a meeting',
    params: requestParams,
    body: z.union([
      z.strictObject({
        version,
        text: text(10_000),
        privileged: z.boolean().optional(),
        office: z.enum(decidingOffices).optional(),
      }),
      z.strictObject({
        version,
        meeting: z.strictObject({
          date,
          present: z.array(z.enum(decidingOffices)).min(1, 'Name the offices that were present.').max(4),
          note: text(10_000),
        }),
        privileged: z.boolean().optional(),
        office: z.enum(decidingOffices).optional(),
      }),
    ]),
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      once(ctx, 201, (joined) => discussRequest(joined, params.reference, body), presentAfter),
  }),
  route({
    method: 'GET',
    path: '/api/requests/{reference}/discussion',
    summary: 'What the offices have said',
    params: requestParams,
    response: discussionShape,
    run: async (ctx, { params }) => ({
      items: (await readDiscussion(ctx, params.reference)).map(presentEntry),
      next: null,
    }),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/sign-offs',
    summary: 'Agree or object, for Children’s Services or Democratic Services',
    params: requestParams,
    body: z.strictObject({
      version,
      office: twoOffices,
      outcome: z.enum(['agree', 'object']),
      reasons,
      grounds: coded,
      conditions,
      noConflict,
    }),
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      once(ctx, 201, (joined) => signOffRequest(joined, params.reference, given), presentAfter),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/sign-offs/{office}/withdraw',
    summary: 'Take a sign-off back, with reasons, before the decision',
    params: z.strictObject({ ...requestParams.shape, office: twoOffices }),
    body: z.strictObject({ version, reasons }),
    response: requestShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => withdrawSignOff(joined, params.reference, params.office, body),
        presentAfter,
      ),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/decision',
    summary: 'Approve or refuse, for Legal',
    params: requestParams,
    body: z.strictObject({
      version,
      outcome: z.enum(['approve', 'refuse']),
      reasons,
      grounds: coded,
      conditions,
      categories: z.array(z.enum(categories)).min(1).max(categories.length).default(['process']),
      from: date.optional(),
      to: date.optional(),
      noConflict,
    }),
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      once(ctx, 201, (joined) => decideRequest(joined, params.reference, given), presentAfter),
  }),
];
