/** How long data is kept, which data is due, and its disposal by two people. */
import { z } from 'zod';
import { disposalAfter } from './disposal-after.js';
import { presentDisposal } from './present/disposal.js';
import { presentKept, presentNotifications } from './present/retention.js';
import { confirmDisposal } from './confirm-disposal.js';
import { listDisposals } from './list-disposals.js';
import { proposeDisposal } from './propose-disposal.js';
import { readDisposal } from './read-disposal.js';
import { readRetention } from './read-retention.js';
import { withdrawDisposal } from './withdraw-disposal.js';
import type { Ctx } from '../case/ctx.js';
import { decodeCursor, encodeCursor, seqIn } from '../web/api/cursor.js';
import { disposalParams, type disposalBody } from './bodies.js';
import { once, type Joined } from '../web/api/once.js';
import { disposalShape, retentionShape } from './shapes.js';
import { route } from '../web/api/route.js';
import { page, uuid } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { confirmDisposalHere, proposeHere, withdrawDisposalHere } from './commands.js';

export const proposedIn = (body: z.output<typeof disposalBody>) =>
  body.target === 'notifications'
    ? ({ target: body.target } as const)
    : ({ target: body.target, councillorId: body.councillor } as const);

/**
 * One page of the data that is due, recorded. A cursor holds only an id, because it is in addresses; if that
 * councillor no longer exists, the list starts again.
 */
export const retentionShown = async (
  ctx: Ctx,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) => {
  const [councillorId] = cursor === undefined ? [] : decodeCursor(cursor, z.tuple([uuid]));
  const after = councillorId === undefined ? undefined : { councillorId };
  const { schedule, notifications, councillors } = await readRetention(ctx, { limit, after });
  return {
    schedule,
    notifications: presentNotifications(ctx, notifications),
    items: councillors.items.map((kept) => presentKept(ctx, kept)),
    next: councillors.last ? encodeCursor([councillors.last.councillorId]) : null,
  };
};

/** One page of disposals, recorded. */
export const disposalsShown = async (
  ctx: Ctx,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) => {
  const before = seqIn(cursor);
  const { items, last } = await listDisposals(ctx, { limit, before });
  return {
    items: items.map((each) => presentDisposal(ctx, each)),
    next: last ? encodeCursor([last.seq]) : null,
  };
};

/** The disposal, presented to who has just changed it: the change is the entry on the trail. */
const presentAfter = async (ctx: Joined, id: string) => presentDisposal(ctx, await disposalAfter(ctx, id));

const command = (
  offer: typeof confirmDisposalHere,
  summary: string,
  act: (ctx: Ctx, id: string) => Promise<string>,
) =>
  route({
    ...offer.api,
    summary,
    response: disposalShape,
    run: (ctx, { params }) =>
      once(
        ctx,
        200,
        (joined) => act(joined, params.id.toLowerCase()),
        presentAfter,
        'retention.certificate_read',
      ),
  });

export const retentionRoutes = [
  route({
    method: 'GET',
    path: '/api/retention',
    summary: 'How long what is held is kept, and whose data has been kept for its time, by name',
    query: page,
    response: retentionShape,
    run: (ctx, { query }) => retentionShown(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/disposals',
    summary: 'Proposals to dispose of what is due, and what came of them, newest first',
    query: page,
    response: pageOf(disposalShape),
    run: (ctx, { query }) => disposalsShown(ctx, query),
  }),
  route({
    ...proposeHere.api,
    summary: 'Propose to dispose of all that is due of a councillor, or of old notifications',
    status: 201,
    response: disposalShape,
    run: (ctx, { body }) =>
      once(
        ctx,
        201,
        (joined) => proposeDisposal(joined, proposedIn(body)),
        presentAfter,
        'retention.certificate_read',
      ),
  }),
  route({
    method: 'GET',
    path: '/api/disposals/{id}',
    summary: 'One proposal, or the certificate of what was disposed of',
    params: disposalParams,
    response: disposalShape,
    run: async (ctx, { params }) => presentDisposal(ctx, await readDisposal(ctx, params.id.toLowerCase())),
  }),
  command(
    confirmDisposalHere,
    'Confirm as a second person what somebody else proposed: it is done at once and cannot be undone',
    confirmDisposal,
  ),
  command(withdrawDisposalHere, 'Take a proposal back', withdrawDisposal),
];
