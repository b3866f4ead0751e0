/** The register of councillors, and the grants, to be read. */
import { z } from 'zod';
import { presentCouncillor, presentEntry } from './present/councillor.js';
import { presentGrant } from '../grant/present/grant.js';
import { listCouncillors } from './list-councillors.js';
import { readEntry } from './read-councillor.js';
import { readGrant } from '../grant/read-grant.js';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { route } from '../web/api/route.js';
import { optionalText, page, uuid } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { grantShape } from '../grant/shapes.js';
import { councillorShape } from './shapes.js';

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
    run: async (ctx, { params }) => presentEntry(ctx, await readEntry(ctx, params.id)),
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
