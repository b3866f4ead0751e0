/** The register of councillors, and the grants, to be read. */
import { z } from 'zod';
import { presentCouncillor } from '../presenters/councillor.js';
import { presentGrant } from '../presenters/grant.js';
import { listCouncillors } from '../usecases/list-councillors.js';
import { readCouncillor } from '../usecases/read-councillor.js';
import { readGrant } from '../usecases/read-grant.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { route } from './route.js';
import { optionalText, page, uuid } from './schemas.js';
import { councillorShape, grantShape, pageOf } from './shapes.js';

const byId = z.strictObject({ id: uuid });

export const registerRoutes = [
  route({
    method: 'GET',
    path: '/api/councillors',
    summary: 'The councillors that you may read, by name',
    query: page,
    response: pageOf(councillorShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const keys =
        cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([optionalText(500), uuid]));
      const after = keys && { name: keys[0], id: keys[1] };
      const { items, last } = await listCouncillors(ctx, { limit, after });
      return {
        items: items.map((each) => presentCouncillor(ctx, each)),
        next: last ? encodeCursor([last.name, last.id]) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/councillors/{id}',
    summary: 'One councillor of the register',
    params: byId,
    response: councillorShape,
    run: async (ctx, { params }) => presentCouncillor(ctx, await readCouncillor(ctx, params.id)),
  }),
  route({
    method: 'GET',
    path: '/api/grants/{id}',
    summary: 'One grant: its limits, and whether it allows attendance now',
    params: byId,
    response: grantShape,
    run: async (ctx, { params }) => presentGrant(ctx, await readGrant(ctx, params.id), ctx.now()),
  }),
];
