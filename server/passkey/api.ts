/** One’s own passkeys. Signing in and proving oneself with one are at the session’s own addresses. */
import { NotFound } from '../../policies/core/refusals.js';
import { route } from '../web/api/route.js';
import { addPasskey } from './add-passkey.js';
import { beginProof } from './begin-proof.js';
import { beginPasskey } from './begin-passkey.js';
import { passkeyBody, passkeyParams } from './bodies.js';
import { presentPasskey } from './present.js';
import { readPasskeys } from './read-passkeys.js';
import { removePasskey } from './remove-passkey.js';
import { creationOptionsShape, passkeyShape, passkeysShape, requestOptionsShape } from './shapes.js';

export const passkeyRoutes = [
  route({
    method: 'POST',
    path: '/api/session/step-up/options',
    summary: 'Begin to prove once more who you are with a passkey: what a browser is asked',
    beforeCodes: true,
    idempotent: false,
    response: requestOptionsShape,
    run: (ctx) => beginProof(ctx),
  }),
  route({
    method: 'GET',
    path: '/api/me/passkeys',
    summary: 'Your passkeys: each by its name, when it was added and last used',
    beforeCodes: true,
    response: passkeysShape,
    run: async (ctx) => ({ items: (await readPasskeys(ctx)).map(presentPasskey) }),
  }),
  route({
    method: 'POST',
    path: '/api/me/passkeys/options',
    summary: 'Begin to add a passkey: what a browser is asked to make one',
    beforeCodes: true,
    idempotent: false,
    response: creationOptionsShape,
    run: (ctx) => beginPasskey(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/me/passkeys',
    summary: 'Add the passkey that a browser has made: your other sessions end',
    beforeCodes: true,
    idempotent: false,
    body: passkeyBody,
    status: 201,
    response: passkeyShape,
    async run(ctx, { body }) {
      const id = await addPasskey(ctx, body);
      const found = (await readPasskeys(ctx)).find((each) => each.id === id);
      if (!found) throw new NotFound();
      return presentPasskey(found);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/me/passkeys/{id}',
    summary: 'Remove one of your passkeys',
    beforeCodes: true,
    params: passkeyParams,
    status: 204,
    run: (ctx, { params }) => removePasskey(ctx, params.id.toLowerCase()),
  }),
];
