/** The observation protocol: reading it, accepting it, publishing the next version. */
import { longestProtocol } from '../../policies/protocol/protocol.js';
import type { Ctx } from '../case/ctx.js';
import { presentProtocol } from './present.js';
import { acceptProtocol } from './accept-protocol.js';
import { publishProtocol } from './publish-protocol.js';
import { readProtocol, readProtocolVersion } from './read-protocol.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { protocolShape } from '../register/shapes.js';
import { acceptHere, publishHere } from './commands.js';

const command = (ctx: Ctx, status: number, act: (joined: Joined) => Promise<string>) =>
  once(
    ctx,
    status,
    act,
    async (joined, made) => presentProtocol(joined, await readProtocolVersion(joined, Number(made))),
    null,
  );

export const protocolRoutes = [
  route({
    method: 'GET',
    path: '/api/protocol',
    summary: 'The observation protocol in force, and whether you have accepted it',
    response: protocolShape,
    run: async (ctx) => presentProtocol(ctx, await readProtocol(ctx)),
  }),
  route({
    ...acceptHere.api,
    summary: 'Accept the protocol in force: the undertaking. A second time changes nothing',
    response: protocolShape,
    run: (ctx, { body }) => command(ctx, 200, (joined) => acceptProtocol(joined, body.version)),
  }),
  route({
    ...publishHere.api,
    summary: 'Publish the next version of the protocol: everybody is asked anew once it is in force',
    // The longest text, with characters of several bytes.
    bodyLimit: 4 * longestProtocol + 10_000,
    status: 201,
    response: protocolShape,
    run: (ctx, { body }) => command(ctx, 201, (joined) => publishProtocol(joined, body)),
  }),
];
