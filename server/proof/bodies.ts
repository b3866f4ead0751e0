/** The bodies of calls about proving oneself. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { assertion } from '../passkey/bodies.js';
import { text } from '../web/schema/schemas.js';

const missing = 'Enter the code that your app shows, or a recovery code';
const code = asked(text(64), 'Code', { missing });

/** One of them: an answer of a passkey, for who has one; a code, for who has an app that makes them; or else the password. */
export const proofBody = z
  .strictObject({
    password: asked(text(1024), 'Password', { missing: 'Enter your password' }).optional(),
    code: code.optional(),
    passkey: assertion.optional(),
  })
  .meta({ id: 'ProofBody' });
export type SentProof = z.infer<typeof proofBody>;

export const codeBody = z
  .strictObject({ code: asked(text(64), 'Code', { missing: 'Enter the code that your app shows' }) })
  .meta({ id: 'CodeBody' });
