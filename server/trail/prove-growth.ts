import type { Hash } from '../../db/audit/log/hash.js';
import { proveGrowth as prove } from '../../db/audit/tree/proofs.js';
import { authorise } from '../../policies/permission/ability.js';
import { recordReading } from '../case/record.js';
import { provable } from './tree-sizes.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Proves that the trail of `to` entries began as the trail of `from` entries (RFC 6962, 2.1.2).
 * @throws NotFound for a person who may not read the trail; Invalid, naming `to`, for sizes that it does not have
 */
export const proveGrowth = async (ctx: Ctx, from: number, to: number): Promise<readonly Hash[]> => {
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  const proof = await provable('to', () => prove(ctx.db, from, to));
  await recordReading(ctx, { type: 'audit.growth_read', subject: 'trail', decision: { from, to } });
  return proof;
};
