/** What is sent to publish what families are given. */
import { z } from 'zod';
import { leafletKinds, longestLeaflet } from '../../policies/leaflet/leaflet.js';
import { asked } from '../web/schema/field-words.js';
import { email, instant, text } from '../web/schema/schemas.js';

export const leafletParams = z.strictObject({ leaflet: z.enum(leafletKinds) });
export const leafletText = asked(text(longestLeaflet), 'Text');
export const leafletContact = asked(email, 'E-mail address', {
  wrong: 'Enter an e-mail address, such as data.protection@council.example',
});

export const leafletBody = z
  .strictObject({
    text: leafletText,
    contact: leafletContact.optional(),
    inForceFrom: instant.optional(),
  })
  .transform(({ inForceFrom, ...given }) => ({
    ...given,
    inForceFrom: inForceFrom === undefined ? undefined : new Date(inForceFrom),
  }))
  .meta({ id: 'LeafletBody' });
export type SentLeaflet = z.infer<typeof leafletBody>;
