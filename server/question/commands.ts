/** How people meet the commands on a question after a visit. */
import { ask, respond } from '../../policies/question/commands.js';
import { offered } from '../case/offered.js';
import { byId } from '../visit/bodies.js';
import { before } from '../visit/commands.js';
import { paths } from '../web/paths.js';
import { questionBody, responseBody } from './bodies.js';

export const askHere = offered(ask, {
  says: 'Put a question or a challenge',
  at: paths.putQuestion,
  explains: before,
  params: byId,
  body: questionBody,
  api: ['POST', '/api/visits/{id}/questions'],
});

export const respondHere = offered(respond, {
  says: 'Answer a question or a challenge',
  at: paths.respond,
  params: byId,
  body: responseBody,
  api: ['POST', '/api/questions/{id}/response'],
});
