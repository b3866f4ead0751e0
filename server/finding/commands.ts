/** How people meet the recording of a finding. */
import { recordFinding } from '../../policies/finding/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { findingBody, findingParams } from './bodies.js';

export const recordFindingHere = offered(recordFinding, {
  says: 'Record a finding of a breach of confidentiality',
  at: paths.newFinding,
  params: findingParams,
  body: findingBody,
  api: ['POST', '/api/councillors/{id}/findings'],
});
