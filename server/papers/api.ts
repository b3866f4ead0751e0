/** Papers: whether there is a statutory right to them, and what was released when. */
import { recordRight } from './record-right.js';
import { releasePapers } from './release-papers.js';
import { onceOnCase } from '../web/api/once.js';
import { requestParams } from '../request/bodies.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { requestShape } from '../request/shapes.js';
import { releaseBody, rightBody } from './bodies.js';

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
