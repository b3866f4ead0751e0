/** The tokens of programs. What a token holds is given once, when it is made. */
import { translated } from '../web/api/once.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { makeTokenHere, revokeTokenHere } from './commands.js';
import { listTokens } from './list-tokens.js';
import { makeToken } from './make-token.js';
import { presentToken } from './present.js';
import { revokeToken } from './revoke-token.js';
import { newTokenShape, tokenShape } from './shapes.js';

export const tokenRoutes = [
  route({
    method: 'GET',
    path: '/api/tokens',
    summary: 'Your tokens for programs, or of an administrator all that there are, newest first',
    query: page,
    response: pageOf(tokenShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listTokens(ctx, { limit, before });
      return {
        items: items.map((token) => presentToken(ctx, token)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...makeTokenHere.api,
    summary: 'Make a token for a program: the answer gives it once',
    answersSecret: true,
    status: 201,
    response: newTokenShape,
    run: async (ctx, { body }) => {
      const { id, secret } = await translated(makeToken(ctx, body));
      return { id, token: secret };
    },
  }),
  route({
    ...revokeTokenHere.api,
    summary: 'Revoke a token: the next call with it is refused',
    status: 204,
    run: (ctx, { params }) => translated(revokeToken(ctx, params.id)),
  }),
];
