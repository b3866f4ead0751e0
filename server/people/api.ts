import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import type { Actor } from '../../policies/people/actor.js';
import { capacities, offices } from '../../policies/core/office.js';
import { route } from '../web/api/route.js';
import { passkeySignIn } from '../passkey/bodies.js';
import { requestOptionsShape } from '../passkey/shapes.js';
import { text } from '../web/schema/schemas.js';

const me = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  councillorId: z.string().optional(),
  offices: z.array(z.strictObject({ office: z.enum(offices), capacity: z.enum(capacities) })),
});
me.register(z.globalRegistry, { id: 'Me' });

const presentMe = ({ id, name, email, councillorId, holdings }: Actor): z.infer<typeof me> => ({
  id,
  name,
  email,
  ...(councillorId !== null && { councillorId }),
  offices: holdings.map(({ office, capacity }) => ({ office, capacity })),
});

/** The body of signing in. */
export const credentials = z.strictObject({
  email: asked(text(254), 'E-mail address', { missing: 'Enter your e-mail address' }),
  password: asked(text(1024), 'Password', { missing: 'Enter your password' }),
  /** From the app for codes, or a recovery code, of who has one. */
  code: text(64).optional(),
});
credentials.register(z.globalRegistry, { id: 'SessionBody' });

/** Signing in and out, and who one is. */
export const sessionRoutes = [
  route({
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in: the answer sets the cookie of a session',
    open: true,
    // A repeat would need the session's cookie to be kept.
    idempotent: false,
    body: credentials,
    status: 201,
    response: me,
    run: async (_ctx, { req }) => presentMe(await req.signIn()),
  }),
  route({
    method: 'POST',
    path: '/api/session/passkey/options',
    summary: 'Begin to sign in with a passkey: what a browser is asked',
    open: true,
    idempotent: false,
    response: requestOptionsShape,
    run: (_ctx, { req }) => req.passkeyAsked(),
  }),
  route({
    method: 'POST',
    path: '/api/session/passkey',
    summary: 'Sign in with the answer of a passkey: the answer sets the cookie of a session',
    open: true,
    idempotent: false,
    body: passkeySignIn,
    status: 201,
    response: me,
    run: async (_ctx, { req, body }) => presentMe(await req.signInWithPasskey(body.response)),
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out',
    beforeCodes: true,
    status: 204,
    run: (_ctx, { req }) => req.signOut(),
  }),
  route({
    method: 'GET',
    path: '/api/me',
    summary: 'Who is signed in, and for which offices',
    beforeCodes: true,
    response: me,
    run: ({ actor }) => presentMe(actor),
  }),
];
