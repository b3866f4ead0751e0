/** Papers: whether a statutory right to them exists, and their releases. */
import { recordRight } from './record-right.js';
import { releasePapers } from './release-papers.js';
import { onceOnCase } from '../web/api/once.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { requestShape } from '../request/shapes.js';
import { releaseHere, rightHere } from './commands.js';

export const paperRoutes = [
  route({
    ...rightHere.api,
    summary: 'Record whether there is a statutory right to the papers, for Legal',
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 200, (joined) => recordRight(joined, params.reference, body), presentRequest),
  }),
  route({
    ...releaseHere.api,
    summary:
      'Record that papers were released, or that they came back; what nothing allowed then becomes an incident',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => releasePapers(joined, params.reference, body), presentRequest),
  }),
];
