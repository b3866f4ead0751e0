/** Requirements of Internal Audit: named records open in full to a named auditor for a stated time. */
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { requirementParams } from './bodies.js';
import { confirmRequirementHere, endRequirementHere, recordRequirementHere } from './commands.js';
import { confirmRequirement } from './confirm-requirement.js';
import { endRequirement } from './end-requirement.js';
import { listRequirements } from './list-requirements.js';
import { presentRequirement } from './present.js';
import { readRequirement, requirementAfter } from './read-requirement.js';
import { recordRequirement } from './record-requirement.js';
import { requirementShape } from './shapes.js';

const done = (ctx: Parameters<typeof once>[0], status: number, act: (joined: Joined) => Promise<string>) =>
  once(
    ctx,
    status,
    act,
    async (joined, id) => presentRequirement(joined, await requirementAfter(joined, id)),
    'audit_requirement.read',
  );

export const requirementRoutes = [
  route({
    method: 'GET',
    path: '/api/audit-requirements',
    summary: 'Requirements of Internal Audit, newest first; to auditors their own',
    query: page,
    response: pageOf(requirementShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listRequirements(ctx, { limit, before });
      return {
        items: items.map((requirement) => presentRequirement(ctx, requirement)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    ...recordRequirementHere.api,
    summary: 'Record that Internal Audit require named records for a named auditor',
    status: 201,
    response: requirementShape,
    run: (ctx, { body }) => done(ctx, 201, (joined) => recordRequirement(joined, body)),
  }),
  route({
    method: 'GET',
    path: '/api/audit-requirements/{id}',
    summary: 'One requirement',
    params: requirementParams,
    response: requirementShape,
    run: async (ctx, { params }) => presentRequirement(ctx, await readRequirement(ctx, params.id)),
  }),
  route({
    ...confirmRequirementHere.api,
    summary: 'Confirm it, as a second person: its records open on its days',
    response: requirementShape,
    run: (ctx, { params }) => done(ctx, 200, (joined) => confirmRequirement(joined, params.id.toLowerCase())),
  }),
  route({
    ...endRequirementHere.api,
    summary: 'End it, with reasons: its records close',
    response: requirementShape,
    run: (ctx, { params, body }) =>
      done(ctx, 200, (joined) => endRequirement(joined, params.id.toLowerCase(), body.reasons)),
  }),
];
