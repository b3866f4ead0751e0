/** How people meet the commands on a grant. */
import type { No } from '../../policies/permission/permit.js';
import { confirmFreeze, markCondition, release, revoke } from '../../policies/grant/commands.js';
import { offered } from '../case/offered.js';
import { z } from 'zod';
import { uuid } from '../web/schema/schemas.js';
import { conditionBody, grantParams, reasonsBody, revokeBody } from './bodies.js';
import { paths } from '../web/paths.js';

/** One line for each condition; once a condition can no longer be marked, its line says why. */
export const conditionsHere = offered(markCondition, {
  says: ({ conditions }, { condition }) =>
    `Say what has become of condition ${conditions.findIndex(({ id }) => id === condition?.id) + 1}`,
  at: paths.condition,
  names: ({ id }, { condition }) => [id, condition?.id ?? ''],
  each: ({ conditions }, given) => conditions.map((condition) => ({ ...given, condition })),
  explains: (_grant, { from }: No) => from === 'state',
  params: z.strictObject({ ...grantParams.shape, condition: uuid }),
  body: conditionBody,
  api: ['POST', '/api/grants/{id}/conditions/{condition}'],
});

/** A grant that has ended or is not frozen shows no line with a reason: its status already says so. */
export const releaseHere = offered(release, {
  says: 'Release this grant',
  at: paths.release,
  params: grantParams,
  body: reasonsBody,
  api: ['POST', '/api/grants/{id}/release'],
});

export const confirmFreezeHere = offered(confirmFreeze, {
  says: 'Confirm that this stays frozen',
  at: paths.confirmFreeze,
  params: grantParams,
  body: reasonsBody,
  api: ['POST', '/api/grants/{id}/confirm-freeze'],
});

export const revokeHere = offered(revoke, {
  says: 'End this grant',
  at: paths.revoke,
  params: grantParams,
  body: revokeBody,
  api: ['POST', '/api/grants/{id}/revoke'],
});
