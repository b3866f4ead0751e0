/** How people meet the commands on a grant. */
import type { No } from '../../policies/permission/permit.js';
import { markCondition, release, revoke } from '../../policies/grant/commands.js';
import { offered } from '../case/offered.js';
import { z } from 'zod';
import { uuid } from '../web/schema/schemas.js';
import { conditionBody, grantParams, reasonsBody } from './bodies.js';
import { paths } from '../web/paths.js';

/** Each condition on a line of its own, and what has ended is told of each that cannot be marked any more. */
export const conditionsHere = offered(markCondition, {
  says: ({ conditions }, { condition }) =>
    `Say what has become of condition ${conditions.findIndex(({ id }) => id === condition?.id) + 1}`,
  at: paths.condition,
  names: ({ id }, { condition }) => [id, condition?.id ?? ''],
  each: ({ conditions }, given) => conditions.map((condition) => ({ ...given, condition })),
  told: (_grant, { from }: No) => from === 'state',
  params: z.strictObject({ ...grantParams.shape, condition: uuid }),
  body: conditionBody,
  api: ['POST', '/api/grants/{id}/conditions/{condition}'],
});

/** What has ended, or is not frozen, is not offered with a reason: the status says it once. */
export const releaseHere = offered(release, {
  says: 'Release this grant',
  at: paths.release,
  params: grantParams,
  body: reasonsBody,
  api: ['POST', '/api/grants/{id}/release'],
});

export const revokeHere = offered(revoke, {
  says: 'End this grant',
  at: paths.revoke,
  params: grantParams,
  body: reasonsBody,
  api: ['POST', '/api/grants/{id}/revoke'],
});
