import { findSlip, type SlipRow } from '../../db/correction/slips.js';
import type { Ctx } from '../case/ctx.js';
import type { SentCorrection } from './bodies.js';

/** The original, for a person who can read it: one that is hidden from them is as one that is not there. */
export const slipFor = async (
  ctx: Pick<Ctx, 'db' | 'actor' | 'ability' | 'now'>,
  of: SentCorrection['of'],
): Promise<SlipRow | null> => {
  const slip = await findSlip(ctx.db, of, { personId: ctx.actor.id, at: ctx.now() });
  // A proposal is read by its author: whether they read the original says the same without one.
  return slip && ctx.ability.can('read', { ...slip, personId: '', status: 'counts' }) ? slip : null;
};
