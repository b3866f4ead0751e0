import { recordedList } from '../../db/core/recorded.js';
import { listVisitsOnRecord } from '../../db/visit/visit-records.js';
import type { AfterVisit, ListedVisit } from '../../db/visit/visits.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';
import { fileOf, type VisitFile } from './visit-file.js';

/** A page of the visits that this person may read, the latest day first; one entry on the trail. */
export const listVisits = async (
  ctx: Ctx,
  { limit, after }: { readonly limit: number; readonly after?: AfterVisit | undefined },
): Promise<Shown<ListedVisit & VisitFile>> => {
  const now = ctx.now();
  const entry = readingEntry(ctx, { type: 'visit.listed', subject: 'visits' });
  const ask = recordedList(ctx.db, entry, { upTo: limit });
  const rows = await listVisitsOnRecord(ctx.db, ctx.ability, { limit: limit + 1, after, now }, ask);
  return shown(
    rows.map(({ id, grantId, date, seq, ...kept }) => ({ id, grantId, date, seq, ...fileOf(kept, now) })),
    limit,
  );
};
