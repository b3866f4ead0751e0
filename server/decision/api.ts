/** The discussion, the sign-offs and the decision of a request. */
import { presentEntry } from './present/discussion.js';
import { carryOutOrder } from './carry-out-order.js';
import { confirmMeeting } from './confirm-meeting.js';
import { decideRequest } from './decide-request.js';
import { discussRequest } from './discuss-request.js';
import { readDiscussion } from './read-discussion.js';
import { signOffRequest } from './sign-off-request.js';
import { withdrawSignOff } from './withdraw-sign-off.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { onceOnCase } from '../web/api/once.js';
import { requestParams } from '../request/bodies.js';
import { presentRequest } from '../request/present/request.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { discussionShape } from './shapes.js';
import { requestShape } from '../request/shapes.js';
import {
  carryOutHere,
  confirmMeetingHere,
  decideHere,
  discussHere,
  signHere,
  withdrawSignOffHere,
} from './commands.js';

export const decidingRoutes = [
  route({
    ...discussHere.api,
    summary: 'Speak for your office, or record a meeting',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(ctx, 201, (joined) => discussRequest(joined, params.reference, body), presentRequest),
  }),
  route({
    ...confirmMeetingHere.api,
    summary: 'Say whether your office was at a meeting',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(
        ctx,
        201,
        (joined) => confirmMeeting(joined, params.reference, params.entry, body),
        presentRequest,
      ),
  }),
  route({
    method: 'GET',
    path: '/api/requests/{reference}/discussion',
    summary: 'What the offices have said',
    params: requestParams,
    query: page,
    response: discussionShape,
    run: async (ctx, { params, query: { limit, cursor } }) => {
      const after = seqIn(cursor);
      const { items, last } = await readDiscussion(ctx, params.reference, { limit, after });
      return { items: items.map(presentEntry), next: last ? encodeCursor([last.seq]) : null };
    },
  }),
  route({
    ...signHere.api,
    params: requestParams,
    summary: 'Agree or object, for Children’s Services or Democratic Services',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => signOffRequest(joined, params.reference, given), presentRequest),
  }),
  route({
    ...withdrawSignOffHere.api,
    summary: 'Take a sign-off back, with reasons, before the decision',
    response: requestShape,
    run: (ctx, { params, body }) =>
      onceOnCase(
        ctx,
        200,
        (joined) => withdrawSignOff(joined, params.reference, params.office, body),
        presentRequest,
      ),
  }),
  route({
    ...decideHere.api,
    summary: 'Approve or refuse, for Legal',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => decideRequest(joined, params.reference, given), presentRequest),
  }),
  route({
    ...carryOutHere.api,
    summary: 'Carry an order out, for Legal: its days, conditions and categories',
    status: 201,
    response: requestShape,
    run: (ctx, { params, body: { noConflict: _declared, ...given } }) =>
      onceOnCase(ctx, 201, (joined) => carryOutOrder(joined, params.reference, given), presentRequest),
  }),
];
