/** Proving oneself once more, and the app for codes. Answers that hold a secret give it once. */
import { provedMinutes } from '../../policies/proof/proof.js';
import { route } from '../web/api/route.js';
import { beginCodes } from './begin-codes.js';
import { codeBody, proofBody } from './bodies.js';
import { confirmCodes } from './confirm-codes.js';
import { makeRecoveryCodes } from './make-recovery-codes.js';
import { presentCodes } from './present.js';
import { proveAgain } from './prove-again.js';
import { readCodes } from './read-codes.js';
import { codesShape, newKeyShape, provedShape, recoveryCodesShape } from './shapes.js';

export const proofRoutes = [
  route({
    method: 'POST',
    path: '/api/session/step-up',
    summary:
      'Prove once more who you are: with a passkey if you have one, with a code if you have an app for codes, else with your password',
    beforeCodes: true,
    idempotent: false,
    body: proofBody,
    response: provedShape,
    run: async (ctx, { body }) => {
      const { by, at } = await proveAgain(ctx, body);
      return { proof: by, until: new Date(at.getTime() + provedMinutes * 60_000).toISOString() };
    },
  }),
  route({
    method: 'GET',
    path: '/api/me/codes',
    summary: 'Whether you have an app for codes, and how many recovery codes are left',
    beforeCodes: true,
    response: codesShape,
    run: async (ctx) => presentCodes(await readCodes(ctx)),
  }),
  route({
    method: 'POST',
    path: '/api/me/codes',
    summary: 'Begin to set up an app for codes: the answer gives its key once',
    beforeCodes: true,
    answersSecret: true,
    status: 201,
    response: newKeyShape,
    run: (ctx) => beginCodes(ctx),
  }),
  route({
    method: 'POST',
    path: '/api/me/codes/confirm',
    summary: 'Take the app into use with its first code: the answer gives recovery codes once',
    beforeCodes: true,
    answersSecret: true,
    body: codeBody,
    response: recoveryCodesShape,
    run: async (ctx, { body }) => ({ recoveryCodes: await confirmCodes(ctx, body.code) }),
  }),
  route({
    method: 'POST',
    path: '/api/me/codes/recovery',
    summary: 'Make new recovery codes in place of all before: the answer gives them once',
    beforeCodes: true,
    answersSecret: true,
    response: recoveryCodesShape,
    run: async (ctx) => ({ recoveryCodes: await makeRecoveryCodes(ctx) }),
  }),
];
