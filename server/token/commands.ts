/** How people meet the commands on tokens. */
import { z } from 'zod';
import { makeToken, revokeToken } from '../../policies/token/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { tokenBody, tokenParams } from './bodies.js';

export const makeTokenHere = offered(makeToken, {
  says: 'Make a token',
  at: () => paths.newToken,
  params: z.strictObject({}),
  body: tokenBody,
  api: ['POST', '/api/tokens'],
});

export const revokeTokenHere = offered(revokeToken, {
  says: 'Revoke this token',
  at: paths.revokeToken,
  params: tokenParams,
  body: undefined,
  api: ['DELETE', '/api/tokens/{id}'],
});
