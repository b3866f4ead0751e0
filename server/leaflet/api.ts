/** What families are given before anybody asks them: reading it, and publishing the next version. */
import { longestLeaflet } from '../../policies/leaflet/leaflet.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { publishLeafletHere } from './commands.js';
import { presentLeaflet } from './present.js';
import { publishLeaflet } from './publish-leaflet.js';
import { readLeaflets, readLeafletVersion } from './read-leaflets.js';
import { leafletShape, leafletsShape } from './shapes.js';

export const leafletRoutes = [
  route({
    method: 'GET',
    path: '/api/leaflets',
    summary:
      'What families are given before they are asked: the leaflet, and how information about them is used',
    response: leafletsShape,
    run: async (ctx) => ({
      items: (await readLeaflets(ctx)).map(presentLeaflet),
      can: ctx.ability.can('publish_leaflet', { kind: 'Leaflet' }) ? (['publish_leaflet'] as const) : [],
    }),
  }),
  route({
    ...publishLeafletHere.api,
    summary: 'Publish the next version of what families are given',
    // The longest text, with characters of several bytes.
    bodyLimit: 4 * longestLeaflet + 10_000,
    status: 201,
    response: leafletShape,
    run: (ctx, { params: { leaflet }, body }) =>
      once(
        ctx,
        201,
        async (joined) => String(await publishLeaflet(joined, leaflet, body)),
        async (joined, version) =>
          presentLeaflet(await readLeafletVersion(joined, { leaflet, version: Number(version) })),
        null,
      ),
  }),
];
