/** How people meet the commands on a conflict of interest. */
import { z } from 'zod';
import {
  contestConflict,
  endConflict,
  recordConflict,
  settleConflict,
} from '../../policies/conflict/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import { conflictBody, conflictParams, endConflictBody, settleConflictBody } from './bodies.js';

export const recordConflictHere = offered(recordConflict, {
  says: 'Record a conflict',
  at: () => paths.newConflict,
  params: z.strictObject({}),
  body: conflictBody,
  api: ['POST', '/api/conflicts'],
});

export const contestConflictHere = offered(contestConflict, {
  says: 'Contest this conflict',
  at: paths.contestConflict,
  params: conflictParams,
  body: reasonsBody,
  api: ['POST', '/api/conflicts/{id}/contest'],
});

export const settleConflictHere = offered(settleConflict, {
  says: 'Settle whether this conflict stands',
  at: paths.settleConflict,
  params: conflictParams,
  body: settleConflictBody,
  api: ['POST', '/api/conflicts/{id}/settle'],
});

export const endConflictHere = offered(endConflict, {
  says: 'End this conflict',
  at: paths.endConflict,
  params: conflictParams,
  body: endConflictBody,
  api: ['POST', '/api/conflicts/{id}/end'],
});
