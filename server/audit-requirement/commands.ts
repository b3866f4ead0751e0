/** How people meet the commands on a requirement of Internal Audit. */
import { z } from 'zod';
import {
  confirmRequirement,
  endRequirement,
  recordRequirement,
} from '../../policies/audit-requirement/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import { requirementBody, requirementParams } from './bodies.js';

export const recordRequirementHere = offered(recordRequirement, {
  says: 'Record a requirement of Internal Audit',
  at: () => paths.newAuditRequirement,
  params: z.strictObject({}),
  body: requirementBody,
  api: ['POST', '/api/audit-requirements'],
});

export const confirmRequirementHere = offered(confirmRequirement, {
  says: 'Confirm this requirement',
  at: paths.confirmAuditRequirement,
  params: requirementParams,
  body: undefined,
  api: ['POST', '/api/audit-requirements/{id}/confirm'],
});

export const endRequirementHere = offered(endRequirement, {
  says: 'End this requirement',
  at: paths.endAuditRequirement,
  params: requirementParams,
  body: reasonsBody,
  api: ['POST', '/api/audit-requirements/{id}/end'],
});
