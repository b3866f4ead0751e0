import { protocolsToCome } from '../../db/protocol/protocol.js';
import type { Ctx } from '../case/ctx.js';

/**
 * The versions that are published and not in force yet, for people who may publish one; an empty list for anybody
 * else. The trail has no entry of it: the protocol is no secret.
 */
export const listProtocolsToCome = async ({ db, ability, now }: Ctx): ReturnType<typeof protocolsToCome> =>
  ability.can('publish', { kind: 'Protocol' }) ? protocolsToCome(db, now()) : [];
