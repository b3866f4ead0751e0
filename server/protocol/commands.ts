/** How people meet the commands on the protocol. */
import { z } from 'zod';
import { accept, publish } from '../../policies/protocol/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { acceptanceBody, protocolBody } from './bodies.js';

export const acceptHere = offered(accept, {
  says: 'Accept the protocol',
  at: () => paths.protocol,
  params: z.strictObject({}),
  body: acceptanceBody,
  api: ['POST', '/api/protocol/acceptance'],
});

export const publishHere = offered(publish, {
  says: 'Publish the next version',
  at: () => paths.newProtocol,
  params: z.strictObject({}),
  body: protocolBody,
  api: ['POST', '/api/protocol'],
});
