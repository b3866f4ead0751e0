/**
 * Answers that allow an approval in principle but stop attendance: a party or a link still has to be checked. Source:
 * need-to-know.md, section 2.
 */
import type { AnswerValue } from './answers.js';

export const leavesOpen = (answer: AnswerValue): boolean =>
  answer === 'unchecked' ||
  (typeof answer === 'object' && !Array.isArray(answer) && Object.values(answer).includes('pending'));
