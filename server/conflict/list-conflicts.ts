import { listConflicts as load, type ConflictRow } from '../../db/conflict/conflicts.js';
import { recordedList } from '../../db/core/recorded.js';
import { conflictsReference } from '../../policies/core/notices.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the conflicts that this person may read, the last recorded first. The listing is one entry on the trail. */
export const listConflicts = async (
  ctx: Ctx,
  given: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<ConflictRow>> => {
  const entry = readingEntry(ctx, { type: 'conflict.listed', subject: conflictsReference });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  const reader = { ability: ctx.ability, today: londonDate(ctx.now()) };
  return shown(await load(ctx.db, reader, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
