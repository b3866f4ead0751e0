import { recordedList } from '../../db/core/recorded.js';
import { type HoldRow, listHolds as load } from '../../db/legal-hold/holds.js';
import { authorise } from '../../policies/permission/ability.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/** A page of legal holds, newest first; the listing is one entry on the trail. @throws NotFound */
export const listHolds = async (ctx: Ctx, given: Parameters<typeof load>[2]): Promise<Shown<HoldRow>> => {
  authorise(ctx.ability, 'read', { kind: 'Hold', councillorId: '' });
  const entry = readingEntry(ctx, { type: 'hold.listed', subject: 'holds' });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, ctx.ability, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
