import { treeSize } from '../../db/audit/tree/tree-store.js';
import type { BundleFile } from '../../db/audit/log/bundle/bundle-write.js';
import { authorise } from '../../policies/permission/ability.js';
import { type BundleRange, bundleOfTrail } from '../bundles/of-trail.js';
import { recordReading } from '../case/record.js';
import { wrongSize } from './tree-sizes.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Part of the trail as the files of a bundle. The export is recorded and committed before the first file is read.
 * @param range `from` is 0 or more, `to` is 1 or more
 * @throws NotFound for a person who may not read the trail; Invalid, naming `to`, for sizes that it does not have;
 *   SigningRefused if the trail is not the signed one
 */
export const exportTrail = async (ctx: Ctx, range: BundleRange): Promise<AsyncIterable<BundleFile>> => {
  const { from, to } = range;
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  if (to > (await treeSize(ctx.db))) throw wrongSize('to', 'beyond_the_tree');
  if (from > to) throw wrongSize('to', 'older_is_newer');
  await recordReading(ctx, { type: 'audit.exported', subject: 'trail', decision: { from, to } });
  return bundleOfTrail(ctx.db, ctx.signer, range, ctx.now());
};
