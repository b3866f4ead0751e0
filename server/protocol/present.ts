import type { Ctx } from '../case/ctx.js';
import type { ReadProtocol } from './read-protocol.js';

/** A version of the protocol; accepting it is offered while it is in force and not accepted. */
export const presentProtocol = (ctx: Pick<Ctx, 'ability' | 'now'>, protocol: ReadProtocol) => ({
  ...protocol,
  can: [
    ...(ctx.ability.can('accept', { kind: 'Protocol' }) && protocol.inForceFrom <= ctx.now()
      ? (['accept'] as const)
      : []),
    ...(ctx.ability.can('publish', { kind: 'Protocol' }) ? (['publish'] as const) : []),
  ],
});
