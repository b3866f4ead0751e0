import { recordedList } from '../../db/core/recorded.js';
import { listFindings as load, type FindingRow } from '../../db/finding/findings.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the findings, the last recorded first. The listing is one entry on the trail. @throws NotFound */
export const listFindings = async (
  ctx: Ctx,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<FindingRow>> => {
  if (!ctx.ability.can('read', 'Finding')) throw new NotFound();
  const entry = readingEntry(ctx, { type: 'finding.listed', subject: 'findings' });
  const ask = recordedList(ctx.db, entry, { upTo: limit });
  return shown(await load(ctx.db, { limit: limit + 1, before }, ask), limit);
};
