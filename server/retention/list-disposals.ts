import { recordedList } from '../../db/core/recorded.js';
import { type DisposalRow, listDisposals as load } from '../../db/retention/disposals.js';
import { authorise } from '../../policies/permission/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';
import { retentionSubject } from './read-retention.js';

/** A page of proposals with their outcomes, newest first; the reading is recorded. @throws NotFound */
export const listDisposals = async (
  ctx: Ctx,
  given: Parameters<typeof load>[1],
): Promise<Shown<DisposalRow>> => {
  authorise(ctx.ability, 'read', { kind: 'Disposal', councillorId: null });
  const entry = readingEntry(ctx, { type: 'retention.read', subject: retentionSubject });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
