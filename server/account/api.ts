/** Passwords: set with a link, and a link asked for by who has forgotten theirs. Nobody is signed in. */
import { z } from 'zod';
import { route } from '../web/api/route.js';
import { askLink } from './ask-link.js';
import { forgottenBody, linkAsked, passwordBody } from './bodies.js';
import { setPassword } from './set-password.js';

export const accountRoutes = [
  route({
    method: 'POST',
    path: '/api/password',
    summary: 'Set a password with the link that was sent: it works once, and ends every session',
    open: true,
    idempotent: false,
    body: passwordBody,
    status: 204,
    run: (ctx, { body }) => setPassword(ctx, body),
  }),
  route({
    method: 'POST',
    path: '/api/password/forgotten',
    summary: 'Ask for a link to set a password: the answer is the same for every address',
    open: true,
    idempotent: false,
    body: forgottenBody,
    status: 202,
    response: z.strictObject({ says: z.string() }).meta({ id: 'LinkAsked' }),
    run: async (ctx, { body, req }) => {
      await askLink(ctx, { email: body.email, ip: req.ip ?? '' });
      return { says: linkAsked };
    },
  }),
];
