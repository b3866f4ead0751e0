import { recordedList } from '../../db/core/recorded.js';
import * as requests from '../../db/request/requests.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';

/** A page of the requests this person may read, newest first; the listing is one entry on the trail. */
export const listRequests = async (
  ctx: Ctx,
  filter: requests.RequestFilter,
): Promise<Shown<ObservationRequest>> => {
  const entry = readingEntry(ctx, {
    type: 'request.listed',
    subject: 'requests',
    decision: {
      status: filter.status ?? null,
      observationType: filter.observationType ?? null,
      due: filter.due ?? null,
    },
  });
  const ask = recordedList(ctx.db, entry, { upTo: filter.limit });
  return shown(
    await requests.list(ctx.db, ctx.ability, { ...filter, limit: filter.limit + 1 }, ask),
    filter.limit,
  );
};
