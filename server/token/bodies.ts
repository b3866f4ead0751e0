/** The bodies of calls about tokens. */
import { z } from 'zod';
import { tokenScopes } from '../../policies/token/token.js';
import { date, text, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

export const tokenParams = z.strictObject({ id: uuid });

/** `expires` is the last day on which it opens anything. */
export const tokenBody = z
  .strictObject({ name: text(100), scope: z.enum(tokenScopes), expires: date })
  .meta({ id: 'TokenBody' });
export type SentToken = Sent<typeof tokenBody>;
