/** Answers as the offices gave them on one version of a request. */
import type { Capacity, Seat } from '../core/office.js';
import type { Answer, Answers } from './answers.js';
import type { QuestionKey } from './questions.js';

/** An answer on one version, with the person who gave it. */
export interface GivenAnswer extends Answer {
  readonly question: QuestionKey;
  /** False for an answer carried over from an earlier version, until its office confirms it. */
  readonly confirmed: boolean;
  readonly by: string;
  readonly office: Seat;
  readonly capacity: Capacity;
  readonly at: Date;
}

/** The answers that count: those that their office gave or confirmed on this version. */
export const counted = (given: readonly GivenAnswer[]): Answers =>
  Object.fromEntries(
    given
      .filter(({ confirmed }) => confirmed)
      .map(({ question, answer, reason, basis }) => [
        question,
        {
          answer,
          ...(reason === undefined ? {} : { reason }),
          ...(basis === undefined ? {} : { basis }),
        },
      ]),
  );
