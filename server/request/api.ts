/** Requests: asking, editing, submitting, withdrawing, returning, naming the host, and reading. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { eventsAllowed } from '../../policies/core/observation-types.js';
import { authorityMissing } from '../../policies/request/submission.js';
import { appointmentKinds } from '../../policies/register/member.js';
import { requestStatuses, type RequestContent } from '../../policies/request/request.js';
import { question } from '../../policies/need-to-know/questions.js';
import type { Ctx } from '../case/ctx.js';
import { presentRequest, presentRequestLine } from './present/request.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { draftRequest } from './draft-request.js';
import { editRequest } from './edit-request.js';
import { listRequests } from './list-requests.js';
import { nameHost } from './name-host.js';
import { readRequest } from './read-request.js';
import { returnRequest } from './return-request.js';
import { submitRequest } from './submit-request.js';
import { withdrawRequest } from './withdraw-request.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { onceOnCase, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { date, optionalText, page, reference, text, uuid, version } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { requestLineShape, requestShape } from './shapes.js';
import { requestParams } from './bodies.js';
import { nameHostHere, returnHere, submitHere, withdrawHere } from './commands.js';

const declared = (key: 'collateral_purpose' | 'connection' | 'documents') => {
  const { answers } = question(key);
  if (answers.shape !== 'one') throw new Error('A declaration is one answer of a list.');
  return z.enum(Object.keys(answers.values) as [string, ...string[]]);
};

/** A request as sent: a draft may be incomplete in content, never in shape. */
const contentShape = {
  observationType: z.enum(observationTypeKeys).optional(),
  role: z
    .strictObject({ kind: z.enum(appointmentKinds), appointmentId: uuid.optional() })
    .meta({ id: 'RoleBody' })
    .optional(),
  authority: z
    .strictObject({
      kind: asked(z.enum(['work_programme', 'appointment', 'none']), 'Authority', {
        missing: authorityMissing,
      }),
      citation: optionalText(500).optional(),
    })
    .optional(),
  necessity: optionalText(10_000).optional(),
  window: z.strictObject({ from: date, to: date }).optional(),
  events: z
    .int()
    .min(eventsAllowed.least, `Ask for at least ${numberOf(eventsAllowed.least, 'event')}.`)
    .max(eventsAllowed.most, `Ask for at most ${numberOf(eventsAllowed.most, 'event')}.`)
    .optional(),
  alternatives: optionalText(10_000).optional(),
  declarations: z
    .strictObject({
      collateralPurpose: declared('collateral_purpose').optional(),
      onBehalfOf: optionalText(1000).optional(),
      connection: declared('connection').optional(),
      documents: declared('documents').optional(),
    })
    .meta({ id: 'DeclarationsBody' })
    .optional(),
  // As the database writes it: two spellings of one id are one programme.
  programme: uuid.toLowerCase().optional(),
  continues: reference.optional(),
  papers: z
    .array(
      z
        .strictObject({ category: asked(text(200), 'Kind of papers'), from: date, to: date })
        .meta({ id: 'PapersBody' }),
    )
    .max(50)
    .optional(),
  // The statutory right to the papers that the councillor claims.
  claimedRight: z.enum(statutoryRights).optional(),
};

const command = (ctx: Ctx, status: number, act: (joined: Joined) => Promise<CaseFile>) =>
  onceOnCase(ctx, status, act, presentRequest);

export const requestRoutes = [
  route({
    method: 'POST',
    path: '/api/requests',
    summary: 'Begin a request, as a draft',
    body: z.strictObject(contentShape).meta({ id: 'RequestBody' }),
    status: 201,
    response: requestShape,
    run: (ctx, { body }) => command(ctx, 201, (joined) => draftRequest(joined, body)),
  }),
  route({
    method: 'GET',
    path: '/api/requests',
    summary: 'The requests that you may read, newest first',
    query: z.strictObject({
      ...page.shape,
      status: z.enum(requestStatuses).optional(),
      observationType: z.enum(observationTypeKeys).optional(),
      due: date.optional().describe('Due on that day or before'),
    }),
    response: pageOf(requestLineShape),
    run: async (ctx, { query: { limit, cursor, ...filter } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listRequests(ctx, { ...filter, limit, before });
      return {
        items: items.map((row) => presentRequestLine(ctx, row)),
        next: last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/requests/{reference}',
    summary: 'One request, as much of it as you may see',
    params: requestParams,
    response: requestShape,
    run: async (ctx, { params }) => presentRequest(ctx, await readRequest(ctx, params.reference)),
  }),
  route({
    method: 'PATCH',
    path: '/api/requests/{reference}',
    summary: 'Change a request; after submission every edit makes a new version',
    params: requestParams,
    body: z.strictObject({ version, ...contentShape }).meta({ id: 'RequestChangesBody' }),
    response: requestShape,
    run: (ctx, { params, body: { version: against, ...changes } }) =>
      command(ctx, 200, (joined) =>
        editRequest(joined, params.reference, against, changes satisfies RequestContent),
      ),
  }),
  route({
    ...submitHere.api,
    summary: 'Hand a request in, or a returned one in again',
    response: requestShape,
    run: (ctx, { params, body }) =>
      command(ctx, 200, (joined) => submitRequest(joined, params.reference, body.version)),
  }),
  route({
    ...withdrawHere.api,
    summary: 'Take a request back',
    response: requestShape,
    run: (ctx, { params, body }) =>
      command(ctx, 200, (joined) => withdrawRequest(joined, params.reference, body.version)),
  }),
  route({
    ...returnHere.api,
    summary: 'Send a request back to the councillor with questions',
    response: requestShape,
    run: (ctx, { params, body }) =>
      command(ctx, 200, (joined) => returnRequest(joined, params.reference, body.version, body.questions)),
  }),
  route({
    ...nameHostHere.api,
    summary: 'Name the host and the host’s line manager, before any sign-off',
    response: requestShape,
    run: (ctx, { params, body }) => command(ctx, 200, (joined) => nameHost(joined, params.reference, body)),
  }),
];
