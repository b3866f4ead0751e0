/** How the service runs: its jobs, the mail that was not taken. */
import { z } from 'zod';
import type { Ctx } from '../case/ctx.js';
import { presentOperations } from './present.js';
import { readOperations } from './read-operations.js';
import { readSetUp } from './read-set-up.js';
import { presentSetUp } from './set-up-words.js';
import { sendAgain } from './send-again.js';
import { jobNames } from '../../policies/operations/jobs.js';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page, uuid } from '../web/schema/schemas.js';

const moment = z.string();

const messageShape = z.strictObject({
  id: z.string(),
  kind: z.string(),
  reference: z.string().optional(),
  to: z.strictObject({ name: z.string() }).optional(),
  writtenAt: moment,
  attempts: z.int(),
  because: z.string().nullable(),
  nextAttemptAt: moment.optional(),
  givenUpAt: moment.optional(),
});
messageShape.register(z.globalRegistry, { id: 'Message' });

const operationsShape = z.strictObject({
  jobs: z.array(
    z.strictObject({
      name: z.enum(jobNames),
      title: z.string(),
      does: z.string(),
      everyMinutes: z.int(),
      lastRun: z
        .strictObject({ startedAt: moment, finishedAt: moment.nullable(), done: z.int().nullable() })
        .nullable(),
      nextRun: moment,
      failures: z.int(),
      lastFailure: z.strictObject({ at: moment, because: z.string() }).nullable(),
    }),
  ),
  mail: z.strictObject({
    waiting: z.int(),
    retrying: z.int(),
    givenUp: z.int(),
    oldest: moment.nullable(),
  }),
  refused: z.array(messageShape),
  items: z.array(messageShape),
  next: z.string().nullable(),
  can: z.array(z.literal('send_again')),
});
operationsShape.register(z.globalRegistry, { id: 'Operations' });

const setUpShape = z.strictObject({
  missing: z.int(),
  steps: z.array(
    z.strictObject({
      key: z.string(),
      title: z.string(),
      needed: z.boolean(),
      done: z.boolean(),
      says: z.string(),
      page: z.string().nullable(),
    }),
  ),
});
setUpShape.register(z.globalRegistry, { id: 'SetUp' });

const cursors = z.tuple([z.int().min(0), uuid]);

/** One page, recorded. */
export const operationsShown = async (
  ctx: Ctx,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) => {
  const [failedAt, id] = cursor === undefined ? [] : decodeCursor(cursor, cursors);
  const after = failedAt === undefined || id === undefined ? undefined : { failedAt: new Date(failedAt), id };
  const read = await readOperations(ctx, { limit, after });
  const { last } = read.givenUp;
  return {
    ...presentOperations(ctx, read),
    next: last?.failedAt ? encodeCursor([last.failedAt.getTime(), last.id]) : null,
  };
};

export const operationRoutes = [
  route({
    method: 'GET',
    path: '/api/operations',
    summary: 'How the jobs fare, and the messages that were refused or given up, the last first',
    query: page,
    response: operationsShape,
    run: (ctx, { query }) => operationsShown(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/set-up',
    summary:
      'How far the council is set up: each step, and what it lacks before the first request can be decided',
    response: setUpShape,
    run: async (ctx) => presentSetUp(ctx, await readSetUp(ctx)),
  }),
  route({
    method: 'POST',
    path: '/api/messages/{id}/send-again',
    summary: 'Have a message that was given up sent again',
    params: z.strictObject({ id: uuid }),
    response: z.strictObject({ id: z.string() }).meta({ id: 'MessageSentAgain' }),
    run: (ctx, { params }) =>
      once(
        ctx,
        200,
        (joined) => sendAgain(joined, params.id.toLowerCase()),
        (_joined, id) => Promise.resolve({ id }),
        'operations.read',
      ),
  }),
];
