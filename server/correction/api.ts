/** Corrections: proposed, confirmed by a second person, refused, withdrawn and read. */
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { correctionParams } from './bodies.js';
import {
  confirmCorrectionHere,
  correctHere,
  refuseCorrectionHere,
  withdrawCorrectionHere,
} from './commands.js';
import { listCorrections } from './list-corrections.js';
import { presentCorrection } from './present/correction.js';
import { proposeCorrection } from './propose-correction.js';
import { correctionAfter, readCorrection } from './read-correction.js';
import { confirmCorrectionOf, refuseCorrectionOf, withdrawCorrectionOf } from './settle-correction.js';
import { correctionShape } from './shapes.js';

const presentAfter = async (ctx: Joined, id: string) =>
  presentCorrection(ctx, await correctionAfter(ctx, id));

export const correctionRoutes = [
  route({
    method: 'GET',
    path: '/api/corrections',
    summary: 'The corrections of what the caller may read, newest first',
    query: page,
    response: pageOf(correctionShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const { items, last } = await listCorrections(ctx, { limit, before: seqIn(cursor) });
      return {
        items: items.map((correction) => presentCorrection(ctx, correction)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...correctHere.api,
    summary: 'Correct a slip beside the original, with reasons',
    status: 201,
    response: correctionShape,
    run: (ctx, { body }) =>
      once(ctx, 201, (joined) => proposeCorrection(joined, body), presentAfter, 'correction.read'),
  }),
  route({
    method: 'GET',
    path: '/api/corrections/{id}',
    summary: 'One correction',
    params: correctionParams,
    response: correctionShape,
    run: async (ctx, { params }) =>
      presentCorrection(ctx, await readCorrection(ctx, params.id.toLowerCase())),
  }),
  route({
    ...confirmCorrectionHere.api,
    summary: 'Confirm a correction, as a second person of the office',
    response: correctionShape,
    run: (ctx, { params }) =>
      once(
        ctx,
        200,
        (joined) => confirmCorrectionOf(joined, params.id.toLowerCase()),
        presentAfter,
        'correction.read',
      ),
  }),
  route({
    ...refuseCorrectionHere.api,
    summary: 'Refuse a correction, as a second person of the office, with reasons',
    response: correctionShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => refuseCorrectionOf(joined, params.id.toLowerCase(), body.reasons),
        presentAfter,
        'correction.read',
      ),
  }),
  route({
    ...withdrawCorrectionHere.api,
    summary: 'Withdraw a correction that waits, as the person who proposed it',
    response: correctionShape,
    run: (ctx, { params }) =>
      once(
        ctx,
        200,
        (joined) => withdrawCorrectionOf(joined, params.id.toLowerCase()),
        presentAfter,
        'correction.read',
      ),
  }),
];
