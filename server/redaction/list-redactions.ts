import { recordedList } from '../../db/core/recorded.js';
import { listRedactions as load, type RedactionRow } from '../../db/redaction/redactions.js';
import { redactionsReference } from '../../policies/core/notices.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the reports that this person may read, newest first, without the texts; the listing is recorded. */
export const listRedactions = async (
  ctx: Ctx,
  given: Parameters<typeof load>[2],
): Promise<Shown<RedactionRow>> => {
  const entry = readingEntry(ctx, { type: 'redaction.read', subject: redactionsReference });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, ctx.ability, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
