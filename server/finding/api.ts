/** Findings of a breach of confidentiality: the list, and recording one. */
import { londonDate } from '../../policies/core/time/london.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { recordFindingHere } from './commands.js';
import { listFindings } from './list-findings.js';
import { presentFinding } from './present.js';
import { readFinding } from './read-finding.js';
import { recordFinding } from './record-finding.js';
import { findingShape } from './shapes.js';

export const findingRoutes = [
  route({
    method: 'GET',
    path: '/api/findings',
    summary: 'The findings of a breach of confidentiality, the last recorded first',
    query: page,
    response: pageOf(findingShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listFindings(ctx, { limit, before });
      const today = londonDate(ctx.now());
      return {
        items: items.map((finding) => presentFinding(finding, today)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...recordFindingHere.api,
    summary: 'Record a finding of a breach of confidentiality, and until when it is weighed',
    status: 201,
    response: findingShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        201,
        (joined) => recordFinding(joined, params.id, body),
        async (joined, id) => presentFinding(await readFinding(joined, id), londonDate(joined.now())),
        null,
      ),
  }),
];
