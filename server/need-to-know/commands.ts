/** How people meet the commands on the test. */
import { answer } from '../../policies/need-to-know/commands.js';
import { lineTo } from '../case/offered.js';
import { whileOpen } from '../case/while-open.js';
import { question, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { paths } from '../web/paths.js';

export const answerHere = lineTo(answer, {
  says: 'Answer your questions',
  at: paths.test,
  explains: whileOpen,
});

/** One question, which its own office answers: whatever keeps it from that is said beside it. */
export const questionHere = (key: QuestionKey, says: string) =>
  lineTo(answer, {
    says,
    at: paths.question,
    names: ({ row }) => [row.reference, key],
    each: (_file, given) => [{ ...given, office: question(key).office }],
    explains: () => true,
  });
