/** How people meet the commands on the test. */
import { answer } from '../../policies/need-to-know/commands.js';
import { offered } from '../case/offered.js';
import { whileOpen as told } from '../case/while-open.js';
import { question, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { paths } from '../web/paths.js';

export const answerHere = offered(answer, {
  says: 'Answer your questions',
  at: ({ row }) => paths.test(row.reference),
  told,
});

/** One question, which its own office answers: whatever keeps it from that is said beside it. */
export const questionHere = (key: QuestionKey, says: string) =>
  offered(answer, {
    says,
    at: ({ row }) => paths.question(row.reference, key),
    each: (_file, given) => [{ ...given, office: question(key).office }],
    told: () => true,
  });
