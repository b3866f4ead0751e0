import { protocolCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import type { ReadProtocol } from './read-protocol.js';

/** A version of the protocol; accepting it is offered while it is in force and not accepted. */
export const presentProtocol = (ctx: Pick<Ctx, 'actor' | 'ability' | 'now'>, protocol: ReadProtocol) => ({
  ...protocol,
  can: available(
    protocolCommands,
    ctx,
    { kind: 'Protocol', inForceFrom: protocol.inForceFrom },
    { now: ctx.now() },
  ),
});
