import { inTransaction } from '../../db/core/connection.js';
import * as incidents from '../../db/incident/incidents.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { standingIncidents } from './incident-file.js';
import { trace } from '../case/trail.js';

/** A page of the incidents this person may read, newest first; the listing is one entry on the trail. */
export const listIncidents = (
  ctx: Ctx,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<incidents.ListedIncident>> =>
  inTransaction(ctx.db, async (trx) => {
    const rows = await incidents.listIncidents(trx, ctx.ability, { limit: limit + 1, before });
    const page = shown(rows, limit);
    trace(trx, ctx, null, {
      type: 'incident.listed',
      subject: 'incidents',
      decision: { shown: page.items.length },
    });
    return { ...page, items: await standingIncidents(trx, page.items, ctx.now()) };
  });
