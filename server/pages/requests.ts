/** The list of requests, and one request. */
import { z } from 'zod';
import { observationTypeKeys } from '../../policies/observation-types.js';
import { viewOf } from '../../policies/offices/view.js';
import { requestStatuses } from '../../policies/subjects.js';
import { turnOf } from '../../policies/turn.js';
import { decodeCursor, encodeCursor } from '../api/cursor.js';
import { date, reference } from '../api/schemas.js';
import { paths } from '../paths.js';
import { presentActions } from '../presenters/actions.js';
import { presentRequest, presentRequestLine } from '../presenters/request.js';
import { listRequests } from '../usecases/list-requests.js';
import { readRequest } from '../usecases/read-request.js';
import { page } from './page.js';

export const byReference = z.strictObject({ reference });

/** A filter that is not one of ours is left out: an old bookmark still opens. */
const filters = z.object({
  status: z.enum(requestStatuses).optional().catch(undefined),
  observationType: z.enum(observationTypeKeys).optional().catch(undefined),
  due: date.optional().catch(undefined),
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

const listPage = page({
  path: '/requests',
  params: z.strictObject({}),
  view: 'requests/list',
  async load(ctx, { query }) {
    const { cursor, ...filter } = filters.parse(query);
    const before = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.int().min(0)]))[0];
    const rows = await listRequests(ctx, { ...filter, limit: perPage + 1, before });
    const shown = rows.slice(0, perPage);
    const last = rows.length > perPage ? shown.at(-1) : undefined;
    return {
      isCouncillor: ctx.actor.councillorId !== null,
      mayAsk: ctx.ability.can('create', 'Request') && ctx.actor.councillorId !== null,
      requests: shown.map((row) => ({
        ...presentRequestLine(ctx, row),
        turn: viewOf(ctx, row) === 'own' && row.status === 'submitted' ? ['offices'] : turnOf(row),
      })),
      filter,
      statuses: requestStatuses,
      types: observationTypeKeys,
      next: last ? addressOf({ ...filter, cursor: encodeCursor([last.id]) }) : null,
      first: cursor === undefined ? null : addressOf(filter),
    };
  },
});

const requestPage = page({
  path: '/requests/:reference',
  params: byReference,
  view: 'requests/show',
  async load(ctx, { params }) {
    const dossier = await readRequest(ctx, params.reference);
    return {
      request: presentRequest(ctx, dossier),
      view: viewOf(ctx, dossier.row),
      actions: presentActions(ctx, dossier),
    };
  },
});

export const requestPages = [listPage, requestPage];
