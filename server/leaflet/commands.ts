/** How people meet the publishing of leaflets. */
import { publishLeaflet } from '../../policies/leaflet/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { leafletBody, leafletParams } from './bodies.js';

export const publishLeafletHere = offered(publishLeaflet, {
  says: 'Publish a new version',
  at: (leaflet) => paths.newLeaflet(leaflet),
  params: leafletParams,
  body: leafletBody,
  api: ['POST', '/api/leaflets/{leaflet}'],
});
