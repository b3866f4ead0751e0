import { treeSize } from '../../db/audit/tree/tree-store.js';
import { authorise } from '../../policies/permission/ability.js';
import type { Ctx } from '../case/ctx.js';

/**
 * How many entries have their place in the tree by now. The size discloses nothing about any entry, so the trail does
 * not record this reading.
 * @throws NotFound for a person who may not read the trail
 */
export const readTreeSize = (ctx: Ctx): Promise<number> => {
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  return treeSize(ctx.db);
};
