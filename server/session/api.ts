/** Where one is signed in. */
import { z } from 'zod';
import { route } from '../web/api/route.js';
import { uuid } from '../web/schema/schemas.js';
import { endSession } from './end-session.js';
import { listSessions } from './list-sessions.js';
import { presentSession, sessionShape } from './present.js';

const sessions = z.strictObject({ items: z.array(sessionShape) });
sessions.register(z.globalRegistry, { id: 'Sessions' });

export const ownSessionRoutes = [
  route({
    method: 'GET',
    path: '/api/me/sessions',
    summary: 'Where you are signed in: each session by browser and time',
    beforeCodes: true,
    response: sessions,
    run: async (ctx) => ({ items: (await listSessions(ctx)).map((each) => presentSession(ctx, each)) }),
  }),
  route({
    method: 'DELETE',
    path: '/api/me/sessions/{id}',
    summary: 'End one of your sessions',
    beforeCodes: true,
    params: z.strictObject({ id: uuid }),
    status: 204,
    run: (ctx, { params }) => endSession(ctx, params.id.toLowerCase()),
  }),
];
