/** What is sent about a disposal. */
import { z } from 'zod';
import { uuid } from '../web/schema/schemas.js';

export const disposalBody = z.discriminatedUnion('target', [
  z.strictObject({ target: z.literal('councillor'), councillor: uuid }),
  z.strictObject({ target: z.literal('notifications') }),
]);
disposalBody.register(z.globalRegistry, { id: 'DisposalBody' });
export const disposalParams = z.strictObject({ id: uuid });
