/** Legal holds: nobody disposes of data that a claim, a complaint or an inquiry may need. */
import { z } from 'zod';
import { holdStatuses } from '../../policies/legal-hold/legal-hold.js';
import { holdAfter } from './hold-after.js';
import { presentHold } from './present.js';
import { liftHold } from './lift-hold.js';
import { listHolds } from './list-holds.js';
import { placeHold } from './place-hold.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { holdShape } from '../retention/shapes.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { liftHere, placeHere } from './commands.js';

/** The hold, presented to who has just changed it: the change is the entry on the trail. */
const presentAfter = async (ctx: Joined, id: string) => presentHold(ctx, await holdAfter(ctx, id));

export const holdRoutes = [
  route({
    method: 'GET',
    path: '/api/holds',
    summary: 'The legal holds, newest first',
    query: z.strictObject({ ...page.shape, status: z.enum(holdStatuses).optional() }),
    response: pageOf(holdShape),
    run: async (ctx, { query: { limit, cursor, status } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listHolds(ctx, { limit, before, status });
      return {
        items: items.map((hold) => presentHold(ctx, hold)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...placeHere.api,
    summary: 'Keep a request, or everything of a councillor’s, from being disposed of, with reasons',
    status: 201,
    response: holdShape,
    run: (ctx, { body }) => once(ctx, 201, (joined) => placeHold(joined, body), presentAfter, 'hold.listed'),
  }),
  route({
    ...liftHere.api,
    summary: 'End a legal hold, with reasons',
    response: holdShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => liftHold(joined, params.id, body.reasons), presentAfter, 'hold.listed'),
  }),
];
