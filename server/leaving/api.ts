/** The people who leave, and what waits for them by name. */
import { route } from '../web/api/route.js';
import { presentLeavers } from './present.js';
import { readLeavers } from './read-leavers.js';
import { leaversShape } from './shapes.js';

export const leavingRoutes = [
  route({
    method: 'GET',
    path: '/api/leavers',
    summary:
      'Who is suspended, or whose last office has ended or ends soon, with what waits for them by name and where it is handed on',
    response: leaversShape,
    run: async (ctx) => presentLeavers(ctx, await readLeavers(ctx)),
  }),
];
