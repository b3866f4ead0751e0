/** Visits: planned, checked, attended, confirmed. */
import { z } from 'zod';
import { answerName, answerSchema } from '../../policies/need-to-know/answers.js';
import { visitChecks } from '../../policies/visit/visit.js';
import { presentVisitAfter } from './present/after.js';
import { presentVisit } from './present/visit.js';
import { cancelVisit } from './cancel-visit.js';
import { changeVisit } from './change-visit.js';
import { checkVisit } from './check-visit.js';
import { confirmAttendance } from './confirm-attendance.js';
import { listVisits } from './list-visits.js';
import { planVisit } from './plan-visit.js';
import { readVisit } from './read-visit.js';
import { recordAttendance } from './record-attendance.js';
import type { Ctx } from '../case/ctx.js';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { date, page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { visitShape } from './shapes.js';
import { byId } from './bodies.js';
import { cancelHere, confirmHere, moveHere, planHere, recordHere } from './commands.js';

const command = (ctx: Ctx, status: number, act: (joined: Joined) => Promise<string>) =>
  once(ctx, status, act, presentVisitAfter, 'visit.read');

const checkRoute = (question: (typeof visitChecks)[number]) =>
  route({
    method: 'PUT',
    path: `/api/visits/{id}/checks/${question}`,
    summary: `Answer the check of ${question} for one visit; a block ends it`,
    params: byId,
    // A body of its own: an answer in the midst of others says nothing of what was considered.
    body: answerSchema(question)
      .extend({})
      .meta({ id: `${answerName(question)}Body`.replace('Answer', 'Check') }),
    response: visitShape,
    run: (ctx, { params, body }) =>
      command(ctx, 200, (joined) => checkVisit(joined, params.id, question, body)),
  });

export const visitRoutes = [
  route({
    ...planHere.api,
    summary: 'Plan a visit of a grant',
    status: 201,
    response: visitShape,
    run: (ctx, { params, body }) => command(ctx, 201, (joined) => planVisit(joined, params.id, body)),
  }),
  route({
    method: 'GET',
    path: '/api/visits',
    summary: 'The visits that you may read, the latest day first',
    query: page,
    response: pageOf(visitShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const keys = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([date, z.int().min(0)]));
      const { items, last } = await listVisits(ctx, {
        limit,
        after: keys && { date: keys[0], seq: keys[1] },
      });
      return {
        items: items.map((file) => presentVisit(ctx, file, ctx.now())),
        next: last ? encodeCursor([last.date, last.seq]) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/visits/{id}',
    summary: 'One visit, as much of it as you may see',
    params: byId,
    response: visitShape,
    run: async (ctx, { params }) => presentVisit(ctx, await readVisit(ctx, params.id), ctx.now()),
  }),
  route({
    ...moveHere.api,
    summary: 'Change when a visit is, which case it is about, or who accompanies',
    response: visitShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => changeVisit(joined, params.id, body)),
  }),
  route({
    ...cancelHere.api,
    summary: 'Call a visit off; it uses no event',
    response: visitShape,
    run: (ctx, { params }) => command(ctx, 200, (joined) => cancelVisit(joined, params.id)),
  }),
  ...visitChecks.map(checkRoute),
  route({
    ...recordHere.api,
    summary: 'Record what happened at a visit; it is judged by what was allowed then',
    status: 201,
    response: visitShape,
    run: (ctx, { params, body }) => command(ctx, 201, (joined) => recordAttendance(joined, params.id, body)),
  }),
  route({
    ...confirmHere.api,
    summary: 'Agree with the record of your visit, or do not',
    response: visitShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => confirmAttendance(joined, params.id, body)),
  }),
];
