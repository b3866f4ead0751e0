/** How people meet the commands on a legal hold. */
import { z } from 'zod';
import { lift, place } from '../../policies/legal-hold/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import { uuid } from '../web/schema/schemas.js';
import { holdBody } from './bodies.js';

export const placeHere = offered(place, {
  says: 'Place a legal hold',
  at: () => paths.newHold,
  params: z.strictObject({}),
  body: holdBody,
  api: ['POST', '/api/holds'],
});

export const liftHere = offered(lift, {
  says: 'Lift this hold',
  at: paths.liftHold,
  params: z.strictObject({ id: uuid }),
  body: reasonsBody,
  api: ['POST', '/api/holds/{id}/lift'],
});
