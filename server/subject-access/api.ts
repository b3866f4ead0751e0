/** Subject access requests: on record, marked passage by passage, and released by a second person. */
import { z } from 'zod';
import { accessStatuses } from '../../policies/subject-access/access-request.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { accessParams, kindParams } from './bodies.js';
import { extendAccessHere, markPassageHere, recordAccessHere, releaseAccessHere } from './commands.js';
import { extendAccess } from './extend-access.js';
import { listAccess } from './list-access.js';
import { markPassage, takeOverProposals } from './mark-passage.js';
import { presentAccess, presentFile, presentWeighed } from './present.js';
import { accessAfter, readFile, readWeighed } from './read-access.js';
import { recordAccess } from './record-access.js';
import { releaseAccess } from './release-access.js';
import { accessFileShape, accessShape, weighedAccessShape } from './shapes.js';

const presentAfter = async (ctx: Joined, id: string) => presentAccess(ctx, await accessAfter(ctx, id));
const done = (ctx: Parameters<typeof once>[0], status: number, act: (joined: Joined) => Promise<string>) =>
  once(ctx, status, act, presentAfter, 'subject_access.read');

export const accessRoutes = [
  route({
    method: 'GET',
    path: '/api/access-requests',
    summary: 'The subject access requests, newest first; to councillors their own',
    query: z.strictObject({ ...page.shape, status: z.enum(accessStatuses).optional() }),
    response: pageOf(accessShape),
    run: async (ctx, { query: { limit, cursor, status } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listAccess(ctx, { limit, before, status });
      return {
        items: items.map((access) => presentAccess(ctx, access)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...recordAccessHere.api,
    summary: 'Record a subject access request: when it came, who asked, that their identity was checked',
    status: 201,
    response: accessShape,
    run: (ctx, { body }) => done(ctx, 201, (joined) => recordAccess(joined, body)),
  }),
  route({
    method: 'GET',
    path: '/api/access-requests/{id}',
    summary: 'One request with everything that is held, passage by passage, each with a proposal',
    params: accessParams,
    response: weighedAccessShape,
    run: async (ctx, { params }) => presentWeighed(ctx, await readWeighed(ctx, params.id.toLowerCase())),
  }),
  route({
    ...markPassageHere.api,
    summary: 'Disclose a passage, reword it, or withhold it under an exemption',
    response: accessShape,
    run: (ctx, { params, body }) =>
      done(ctx, 200, (joined) => markPassage(joined, { ...params, id: params.id.toLowerCase() }, body)),
  }),
  route({
    method: 'POST',
    path: '/api/access-requests/{id}/proposals/{kind}',
    summary: 'Take over what is proposed for all unmarked passages of a kind',
    params: kindParams,
    response: accessShape,
    run: (ctx, { params }) =>
      done(ctx, 200, (joined) => takeOverProposals(joined, params.id.toLowerCase(), params.kind)),
  }),
  route({
    ...extendAccessHere.api,
    summary: 'Take two further months for a complex request, with reasons for the person',
    response: accessShape,
    run: (ctx, { params, body }) =>
      done(ctx, 200, (joined) => extendAccess(joined, params.id.toLowerCase(), body.reasons)),
  }),
  route({
    ...releaseAccessHere.api,
    summary: 'Release the file: a second person, once each passage has a mark',
    response: accessShape,
    run: (ctx, { params, body }) =>
      done(ctx, 200, (joined) => releaseAccess(joined, params.id.toLowerCase(), body)),
  }),
  route({
    method: 'GET',
    path: '/api/access-requests/{id}/file',
    summary: 'The released file: what was marked, and the exemptions in general terms',
    params: accessParams,
    response: accessFileShape,
    run: async (ctx, { params, res }) => {
      const { access, passages } = await readFile(ctx, params.id.toLowerCase());
      // The name of the file does not disclose whom it is about.
      res.attachment('subject-access.json').type('application/json');
      return presentFile(access, passages);
    },
  }),
];
