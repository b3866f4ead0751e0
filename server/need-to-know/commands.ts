/** How people meet the commands on the test. */
import { answer } from '../../policies/need-to-know/commands.js';
import { offered } from '../case/offered.js';
import { whileOpen as told } from '../case/while-open.js';
import { paths } from '../web/paths.js';

export const answerHere = offered(answer, {
  says: 'Answer your questions',
  at: ({ row }) => paths.test(row.reference),
  told,
});
