/** How people meet the commands on a subject access request. */
import { z } from 'zod';
import {
  extendAccess,
  markPassage,
  recordAccess,
  releaseAccess,
} from '../../policies/subject-access/commands.js';
import { offered } from '../case/offered.js';
import { reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import { accessBody, accessParams, markBody, passageParams, releaseAccessBody } from './bodies.js';

export const recordAccessHere = offered(recordAccess, {
  says: 'Record a subject access request',
  at: () => paths.newAccess,
  params: z.strictObject({}),
  body: accessBody,
  api: ['POST', '/api/access-requests'],
});

export const extendAccessHere = offered(extendAccess, {
  says: 'Extend this request',
  at: paths.extendAccess,
  params: accessParams,
  body: reasonsBody,
  api: ['POST', '/api/access-requests/{id}/extend'],
});

export const markPassageHere = offered(markPassage, {
  says: 'Weigh this passage',
  at: paths.markPassage,
  params: passageParams,
  body: markBody,
  api: ['PUT', '/api/access-requests/{id}/passages/{passage}'],
});

export const releaseAccessHere = offered(releaseAccess, {
  says: 'Release the file',
  at: paths.releaseAccess,
  params: accessParams,
  body: releaseAccessBody,
  api: ['POST', '/api/access-requests/{id}/release'],
});
