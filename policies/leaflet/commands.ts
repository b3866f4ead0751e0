/** Publishing what families are given. Source: need-to-know.md, section 3. */
import { command } from '../command/command.js';

/** Democratic Services keep the leaflet with the protocol; Data Protection answer for how information is used. */
export const publishLeaflet = command({
  name: 'publish_leaflet',
  on: 'Leaflet',
  by: ['democratic_services', 'data_protection'],
  keeping: true,
});
