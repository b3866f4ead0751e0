/** The shapes of tokens. What one holds is in the answer to its making alone. */
import { z } from 'zod';
import { namesOf, tokenCommands } from '../../policies/permission/every-command.js';
import { tokenScopes, tokenStates } from '../../policies/token/token.js';

export const tokenShape = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scope: z.enum(tokenScopes),
    owner: z.strictObject({ id: z.string(), name: z.string() }),
    madeAt: z.string(),
    /** Its last day. */
    expires: z.string(),
    /** To the hour; null where it was not used yet. */
    lastUsedAt: z.string().nullable(),
    state: z.enum(tokenStates),
    ended: z.strictObject({ at: z.string(), by: z.string().nullable() }).nullable(),
    can: z.array(z.enum(namesOf(tokenCommands))),
  })
  .meta({ id: 'Token' });

export const newTokenShape = z.strictObject({ id: z.string(), token: z.string() }).meta({ id: 'NewToken' });
