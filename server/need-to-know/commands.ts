/** How people meet the commands on the test. */
import { z } from 'zod';
import { answer, liftRule } from '../../policies/need-to-know/commands.js';
import { isLiftable } from '../../policies/need-to-know/lift.js';
import { lineTo, offered } from '../case/offered.js';
import { whileOpen } from '../case/while-open.js';
import { question, questionKeys, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { requestParams } from '../request/bodies.js';
import { paths } from '../web/paths.js';
import { liftBody } from './bodies.js';

export const answerHere = lineTo(answer, {
  says: 'Answer your questions',
  at: paths.test,
  explains: whileOpen,
});

/** A council rule that blocks, or that is lifted: on the line of its question, for each of the three offices. */
export const liftHere = offered(liftRule, {
  says: (_file, { lifting }) => `Say whether the council rule is lifted: ${lifting?.question ?? ''}`,
  at: paths.liftRule,
  names: ({ row }, { lifting }) => [row.reference, lifting?.question ?? ''],
  each: ({ assessment }, given) =>
    (assessment?.test.findings ?? []).filter(isLiftable).map(({ question: key }) => ({
      ...given,
      lifting: { question: key },
    })),
  explains: whileOpen,
  params: z.strictObject({ ...requestParams.shape, question: z.enum(questionKeys) }),
  body: liftBody,
  // The question is in what is sent.
  api: ['POST', '/api/requests/{reference}/lifts'],
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
