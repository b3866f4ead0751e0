import { inTransaction } from '../../db/connection.js';
import * as incidents from '../../db/incidents.js';
import type { Ctx } from '../context.js';
import { shown, type Shown } from '../casework/shown.js';
import { standingIncident } from '../casework/incident-file.js';
import { trace } from '../casework/trail.js';

/** A page of the incidents this person may read, newest first; the listing is one entry on the trail. */
export const listIncidents = (
  ctx: Ctx,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<incidents.ListedIncident>> =>
  inTransaction(ctx.db, async (trx) => {
    const rows = await incidents.listIncidents(trx, ctx.ability, { limit: limit + 1, before });
    const page = shown(rows, limit);
    await trace(trx, ctx, null, {
      type: 'incident.listed',
      subject: 'incidents',
      decision: { shown: page.items.length },
    });
    const now = ctx.now();
    const items: incidents.ListedIncident[] = [];
    // Few hold anything, and only those are looked at again.
    for (const each of page.items) items.push(await standingIncident(trx, each, now));
    return { ...page, items };
  });
