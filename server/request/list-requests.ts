import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import type { ObservationRequest } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';

/** A page of the requests this person may read, newest first; the listing is one entry on the trail. */
export const listRequests = (ctx: Ctx, filter: requests.RequestFilter): Promise<Shown<ObservationRequest>> =>
  inTransaction(ctx.db, async (trx) => {
    const rows = await requests.list(trx, ctx.ability, { ...filter, limit: filter.limit + 1 });
    const page = shown(rows, filter.limit);
    trace(trx, ctx, null, {
      type: 'request.listed',
      subject: 'requests',
      decision: {
        shown: page.items.length,
        status: filter.status ?? null,
        observationType: filter.observationType ?? null,
        due: filter.due ?? null,
      },
    });
    return page;
  });
