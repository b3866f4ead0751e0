/** Texts that say too much: reported, hidden at once, erased by two people or put back. */
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { redactionParams } from './bodies.js';
import { confirmRedactionHere, putBackHere, reportTextHere } from './commands.js';
import { confirmRedaction } from './confirm-redaction.js';
import { listRedactions } from './list-redactions.js';
import { presentRedaction } from './present.js';
import { putTextBack } from './put-text-back.js';
import { readRedaction } from './read-redaction.js';
import { redactionAfter } from './redaction-after.js';
import { reportText } from './report-text.js';
import { redactionShape } from './shapes.js';

const presentAfter = async (ctx: Joined, id: string) => presentRedaction(ctx, await redactionAfter(ctx, id));

export const redactionRoutes = [
  route({
    method: 'GET',
    path: '/api/redactions',
    summary:
      'The texts that were reported, newest first, without the texts: to others than the offices their own reports',
    query: page,
    response: pageOf(redactionShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listRedactions(ctx, { limit, before });
      return {
        items: items.map((report) => presentRedaction(ctx, report)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...reportTextHere.api,
    summary:
      'Report a text that says who a child, a family or a third party is, with reasons: it is hidden at once',
    status: 201,
    response: redactionShape,
    run: (ctx, { body }) =>
      once(ctx, 201, (joined) => reportText(joined, body), presentAfter, 'redaction.read'),
  }),
  route({
    method: 'GET',
    path: '/api/redactions/{id}',
    summary: 'One report, with the text for those who weigh it, while it is hidden',
    params: redactionParams,
    response: redactionShape,
    run: async (ctx, { params }) => {
      const { report, text } = await readRedaction(ctx, params.id.toLowerCase());
      return presentRedaction(ctx, report, text);
    },
  }),
  route({
    ...confirmRedactionHere.api,
    summary:
      'Confirm that a hidden text is erased: the second of two people erases it, and it cannot be undone',
    response: redactionShape,
    run: (ctx, { params }) =>
      once(
        ctx,
        200,
        (joined) => confirmRedaction(joined, params.id.toLowerCase()),
        presentAfter,
        'redaction.read',
      ),
  }),
  route({
    ...putBackHere.api,
    summary: 'Put a hidden text back where the report was wrong, with reasons',
    response: redactionShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => putTextBack(joined, params.id.toLowerCase(), body.reasons),
        presentAfter,
        'redaction.read',
      ),
  }),
];
