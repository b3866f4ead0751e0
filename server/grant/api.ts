/** What befalls a grant: it is ended, released, and its conditions are seen to. */
import { conditionsHere, confirmFreezeHere, releaseHere, revokeHere } from './commands.js';
import { grantAfter } from './grant-after.js';
import { presentGrant } from './present/grant.js';
import { markCondition } from './mark-condition.js';
import { confirmFreeze } from './confirm-freeze.js';
import { releaseGrant } from './release-grant.js';
import { revokeGrant } from './revoke-grant.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { grantShape } from './shapes.js';

/** The grant, presented to who has just changed it: the change is the entry on the trail. */
const presentAfter = async (ctx: Joined, id: string) =>
  presentGrant(ctx, await grantAfter(ctx, id), ctx.now());

export const grantRoutes = [
  route({
    ...revokeHere.api,
    summary: 'End a grant at once, with reasons',
    response: grantShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => revokeGrant(joined, params.id, body), presentAfter, 'grant.read'),
  }),
  route({
    ...confirmFreezeHere.api,
    summary: 'Confirm that a grant stays frozen, with reasons, for Data Protection',
    response: grantShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => confirmFreeze(joined, params.id, body.reasons), presentAfter, 'grant.read'),
  }),
  route({
    ...releaseHere.api,
    summary: 'Let a frozen grant go on, with reasons, for Data Protection',
    response: grantShape,
    run: (ctx, { params, body }) =>
      once(ctx, 200, (joined) => releaseGrant(joined, params.id, body.reasons), presentAfter, 'grant.read'),
  }),
  route({
    ...conditionsHere.api,
    summary: 'Say what has become of a condition',
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
