import { recordedList } from '../../db/core/recorded.js';
import * as incidents from '../../db/incident/incident-records.js';
import type { ListedIncident } from '../../db/incident/incidents.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { incidentAt } from './incident-file.js';
import { readingEntry } from '../case/record.js';

/** A page of the incidents this person may read, newest first; the listing is one entry on the trail. */
export const listIncidents = async (
  ctx: Ctx,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<ListedIncident>> => {
  const entry = readingEntry(ctx, { type: 'incident.listed', subject: 'incidents' });
  const ask = recordedList(ctx.db, entry, { upTo: limit });
  const rows = await incidents.listIncidents(ctx.db, ctx.ability, { limit: limit + 1, before }, ask);
  const now = ctx.now();
  return shown(
    rows.map((row) => incidentAt(row, now)),
    limit,
  );
};
