import { recordedList } from '../../db/core/recorded.js';
import { listCorrections as load, type CorrectionRow } from '../../db/correction/corrections.js';
import { correctionsReference } from '../../policies/core/notices.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the corrections that this person may read, newest first; the listing is recorded. */
export const listCorrections = async (
  ctx: Ctx,
  given: Parameters<typeof load>[2],
): Promise<Shown<CorrectionRow>> => {
  const entry = readingEntry(ctx, { type: 'correction.read', subject: correctionsReference });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, ctx.ability, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
