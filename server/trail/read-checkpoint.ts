import { authorise } from '../../policies/permission/ability.js';
import { recordReading } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import { newestNote } from '../signing/signed-at.js';

/**
 * The newest signed checkpoint, of every entry that has its place by now. This reading is an entry too, which the
 * next checkpoint covers.
 *
 * @returns the signed note; null if nothing has been signed yet
 * @throws NotFound for a person who may not read the trail
 */
export const readCheckpoint = async (ctx: Ctx): Promise<string | null> => {
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  await recordReading(ctx, { type: 'audit.checkpoint_read', subject: 'trail' });
  return newestNote(ctx.db, ctx.signer);
};
