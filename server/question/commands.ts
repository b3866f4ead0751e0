/** How people meet the commands on a question after a visit. */
import { ask } from '../../policies/question/commands.js';
import { offered } from '../case/offered.js';
import { before } from '../visit/commands.js';
import { paths } from '../web/paths.js';

export const askHere = offered(ask, {
  says: 'Put a question or a challenge',
  at: ({ id }) => paths.putQuestion(id),
  told: before,
});
