/** Conflicts of interest: listed, recorded, contested, settled, ended. */
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { conflictParams } from './bodies.js';
import { contestConflictHere, endConflictHere, recordConflictHere, settleConflictHere } from './commands.js';
import { conflictAfter } from './conflict-after.js';
import { contestConflict } from './contest-conflict.js';
import { endConflict } from './end-conflict.js';
import { listConflicts } from './list-conflicts.js';
import { presentConflict } from './present.js';
import { readConflict } from './read-conflict.js';
import { recordConflict } from './record-conflict.js';
import { settleConflict } from './settle-conflict.js';
import { conflictShape } from './shapes.js';

const presentAfter = async (ctx: Joined, id: string) => presentConflict(ctx, await conflictAfter(ctx, id));
const reading = 'conflict.listed';

export const conflictRoutes = [
  route({
    method: 'GET',
    path: '/api/conflicts',
    summary: 'Conflicts of interest, newest first: all for who keeps them, else one’s own',
    query: page,
    response: pageOf(conflictShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listConflicts(ctx, { limit, before });
      return {
        items: items.map((conflict) => presentConflict(ctx, conflict)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...recordConflictHere.api,
    summary: 'Record a conflict: anybody’s for Democratic Services, with reasons, else one’s own',
    status: 201,
    response: conflictShape,
    run: (ctx, { body }) => once(ctx, 201, (joined) => recordConflict(joined, body), presentAfter, reading),
  }),
  route({
    method: 'GET',
    path: '/api/conflicts/{id}',
    summary: 'One conflict of interest',
    params: conflictParams,
    response: conflictShape,
    run: async (ctx, { params }) => presentConflict(ctx, await readConflict(ctx, params.id)),
  }),
  route({
    ...contestConflictHere.api,
    summary: 'Contest a conflict that was recorded about you; it stands until it is settled',
    response: conflictShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => contestConflict(joined, params.id.toLowerCase(), body.reasons),
        presentAfter,
        reading,
      ),
  }),
  route({
    ...settleConflictHere.api,
    summary: 'Settle whether a contested conflict stands',
    response: conflictShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => settleConflict(joined, params.id.toLowerCase(), body),
        presentAfter,
        reading,
      ),
  }),
  route({
    ...endConflictHere.api,
    summary: 'End a conflict: the person may act from then on',
    response: conflictShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => endConflict(joined, params.id.toLowerCase(), body), presentAfter, reading),
  }),
];
