/**
 * Answers that allow an approval in principle and stop attendance: a party has still to be asked, links are
 * still to be checked. Source: need-to-know.md, section 2.
 */
import type { AnswerValue } from './answers.js';

export const leavesOpen = (answer: AnswerValue): boolean =>
  answer === 'unchecked' ||
  (typeof answer === 'object' && !Array.isArray(answer) && Object.values(answer).includes('pending'));
