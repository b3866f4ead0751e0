/** What families are given, as it is answered. */
import { z } from 'zod';
import { leafletKinds } from '../../policies/leaflet/leaflet.js';

export const leafletShape = z.strictObject({
  leaflet: z.enum(leafletKinds),
  title: z.string(),
  version: z.int(),
  text: z.string(),
  contact: z.string().nullable(),
  inForceFrom: z.string(),
});
leafletShape.register(z.globalRegistry, { id: 'Leaflet' });

export const leafletsShape = z
  .strictObject({
    items: z.array(leafletShape),
    can: z.array(z.literal('publish_leaflet')),
  })
  .meta({ id: 'Leaflets' });
