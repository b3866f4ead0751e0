/** What befalls a grant: it is ended, released, and its conditions are seen to. */
import { z } from 'zod';
import { conditionBody, grantParams, reasonsBody } from './bodies.js';
import { grantAfter } from './grant-after.js';
import { presentGrant } from './present/grant.js';
import { markCondition } from './mark-condition.js';
import { releaseGrant } from './release-grant.js';
import { revokeGrant } from './revoke-grant.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { uuid } from '../web/schema/schemas.js';
import { grantShape } from './shapes.js';

/** The grant, presented to who has just changed it: the change is the entry on the trail. */
const presentAfter = async (ctx: Joined, id: string) =>
  presentGrant(ctx, await grantAfter(ctx, id), ctx.now());

export const grantRoutes = [
  route({
    method: 'POST',
    path: '/api/grants/{id}/revoke',
    summary: 'End a grant at once, with reasons',
    params: grantParams,
    body: reasonsBody,
    response: grantShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => revokeGrant(joined, params.id, body.reasons), presentAfter, 'grant.read'),
  }),
  route({
    method: 'POST',
    path: '/api/grants/{id}/release',
    summary: 'Let a frozen grant go on, with reasons, for Data Protection',
    params: grantParams,
    body: reasonsBody,
    response: grantShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => releaseGrant(joined, params.id, body.reasons), presentAfter, 'grant.read'),
  }),
  route({
    method: 'POST',
    path: '/api/grants/{id}/conditions/{condition}',
    summary: 'Say what has become of a condition',
    params: z.strictObject({ id: uuid, condition: uuid }),
    body: conditionBody,
    response: grantShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => markCondition(joined, params.id, params.condition, body.state),
        presentAfter,
        'grant.read',
      ),
  }),
];
