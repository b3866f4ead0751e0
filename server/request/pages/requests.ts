/** The list of requests, and one request. */
import { z } from 'zod';
import { requestParams } from '../bodies.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { givesAny } from '../../../policies/permission/permit.js';
import { draft } from '../../../policies/request/commands.js';
import { viewOf } from '../../../policies/permission/offices/view.js';
import { isOverdue } from '../../../policies/core/time/deadlines.js';
import type { Settings } from '../../../policies/settings/settings.js';
import { decidingOffices } from '../../../policies/core/office.js';
import { requestStatuses, type ObservationRequest } from '../../../policies/request/request.js';
import { turnOf } from '../../../policies/request/turn.js';
import { decodeCursor, encodeCursor } from '../../web/api/cursor.js';
import { date } from '../../web/schema/schemas.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentActions } from '../present/actions.js';
import { presentDue } from '../../deadline/present.js';
import { presentRequest, presentRequestLine } from '../present/request.js';
import { listRequests } from '../list-requests.js';
import { readRequest } from '../read-request.js';
import { page } from '../../web/pages/page.js';

/** A filter that is not one of ours is left out: an old bookmark still opens. */
const filters = z.object({
  status: z.enum(requestStatuses).optional().catch(undefined),
  observationType: z.enum(observationTypeKeys).optional().catch(undefined),
  due: date.optional().catch(undefined),
  sort: z.enum(['due', 'newest']).optional().catch(undefined),
  cursor: z
    .string()
    .regex(/^[\w-]{1,1000}$/)
    .optional()
    .catch(undefined),
});

const perPage = 25;

const addressOf = (query: Readonly<Record<string, string | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value);
  return search.size > 0 ? `${paths.requests}?${search.toString()}` : paths.requests;
};

/** Whether there is a queue for this person: who takes part in deciding has work that waits. */
const hasQueue = ({ actor }: Ctx): boolean =>
  actor.councillorId === null &&
  actor.holdings.some(({ office }) => decidingOffices.some((each) => each === office));

const byDue = z.tuple([date, z.int().min(0)]);
const byId = z.tuple([z.int().min(0)]);

/** Where the page before left off: by date and id in the queue, by id in the list of all. */
const placeIn = (cursor: string | undefined, queue: boolean) => {
  if (cursor === undefined) return {};
  if (!queue) return { before: decodeCursor(cursor, byId)[0] };
  const [due, id] = decodeCursor(cursor, byDue);
  return { after: { due, id } };
};

const cursorAt = (settings: Settings, row: ObservationRequest, queue: boolean): string =>
  encodeCursor(queue ? [presentDue(settings, row)?.at ?? '', row.id] : [row.id]);

const lineOf = (ctx: Ctx, row: ObservationRequest) => {
  const due = presentDue(ctx.settings, row);
  return {
    ...presentRequestLine(ctx, row),
    // Who has signed is for the offices alone: the others read that the offices have it.
    turn: viewOf(ctx, row) !== 'office' && row.status === 'submitted' ? ['offices'] : turnOf(row),
    overdue: due !== null && isOverdue(due, ctx.now()),
  };
};

const listPage = page({
  path: '/requests',
  params: z.strictObject({}),
  view: 'request/views/list',
  async load(ctx, { query }) {
    const { cursor, sort, ...filter } = filters.parse(query);
    const offered = hasQueue(ctx);
    const queue = offered && sort !== 'newest';
    const { items, last } = await listRequests(ctx, {
      ...filter,
      limit: perPage,
      order: queue ? 'due' : undefined,
      ...placeIn(cursor, queue),
    });
    const kept = { ...filter, sort: offered && !queue ? 'newest' : undefined };
    return {
      isCouncillor: ctx.actor.councillorId !== null,
      mayAsk: givesAny(draft, ctx),
      requests: items.map((row) => lineOf(ctx, row)),
      filter,
      queue,
      // A stage that nothing is due at would empty the queue, so that it is left behind.
      tabs: offered && {
        due: addressOf({ observationType: filter.observationType, due: filter.due }),
        newest: addressOf({ ...filter, sort: 'newest' }),
      },
      sort: kept.sort,
      statuses: queue
        ? (['submitted', 'returned', 'refused', 'approved', 'time_passed'] as const)
        : requestStatuses,
      types: observationTypeKeys,
      next: last ? addressOf({ ...kept, cursor: cursorAt(ctx.settings, last, queue) }) : null,
      first: cursor === undefined ? null : addressOf(kept),
    };
  },
});

const requestPage = page({
  path: '/requests/:reference',
  params: requestParams,
  view: 'request/views/show',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      request: presentRequest(ctx, file),
      view: viewOf(ctx, file.row),
      actions: presentActions(ctx, file),
      offices: ctx.actor.holdings.map(({ office }) => office),
      mayHold: ctx.ability.can('place', { kind: 'Hold', councillorId: file.row.councillorId }),
    };
  },
});

export const requestPages = [listPage, requestPage];
