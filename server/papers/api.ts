/** Papers: whether there is a statutory right to them, and what was released when. */
import { z } from 'zod';
import { causes, statutoryRights } from '../../policies/core/subjects.js';
import { recordRight } from './record-right.js';
import { releasePapers } from './release-papers.js';
import { onceOnCase } from '../web/api/once.js';
import { requestParams } from '../request/api.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { date, instant, text, version } from '../web/api/schemas.js';
import { requestShape } from '../web/api/shapes.js';

export const rightBody = z.strictObject({ version, right: z.enum(statutoryRights), due: date.optional() });

/** A day alone will do: what it stands for is said in policies/papers/papers.ts. */
const moment = z.union(
  [date, instant.transform((value) => new Date(value))],
  'Enter a real date, such as 2026-09-15, or a date and time with an offset, such as 2026-09-15T10:00:00+01:00.',
);
export const releaseBody = z.strictObject({
  category: text(200),
  at: moment,
  returned: moment.optional(),
  causedBy: z.enum(causes).optional(),
});

export const paperRoutes = [
  route({
    method: 'PUT',
    path: '/api/requests/{reference}/statutory-right',
    summary: 'Record whether there is a statutory right to the papers, for Legal',
    params: requestParams,
    body: rightBody,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 200, (joined) => recordRight(joined, params.reference, body), presentRequest),
  }),
  route({
    method: 'POST',
    path: '/api/requests/{reference}/releases',
    summary:
      'Record that papers were released, or that they came back; what nothing allowed then becomes an incident',
    params: requestParams,
    body: releaseBody,
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => releasePapers(joined, params.reference, body), presentRequest),
  }),
];
