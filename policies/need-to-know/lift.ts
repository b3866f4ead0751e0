/**
 * Lifting a council rule: a block that rests on the council’s own rule alone is lifted for one version when all three
 * offices have given exceptional reasons, each through a person of its own. A block of law, and a need that is not
 * established, are never lifted.
 * Source: need-to-know.md, first paragraph and section 4; British Oxygen v Minister of Technology [1971] AC 610 (a
 * council may not fetter its discretion).
 */
import { seats, type Capacity, type Seat } from '../core/office.js';
import type { QuestionKey } from './questions.js';
import type { Finding } from './test.js';

export const liftOutcomes = ['lift', 'decline'] as const;
export type LiftOutcome = (typeof liftOutcomes)[number];

/** What the rules ask of an office’s word on a block that stands (is not voided). */
export interface LiveLift {
  readonly question: QuestionKey;
  readonly office: Seat;
  readonly personId: string;
  readonly outcome: LiftOutcome;
}
export const liveLiftNames = ['question', 'office', 'personId', 'outcome'] as const;

/** An office’s word on a block, on the record, voided or not. */
export interface Lift extends LiveLift {
  readonly id: string;
  readonly version: number;
  readonly reasons: string;
  readonly name: string;
  readonly capacity: Capacity;
  readonly deputyFor: string | null;
  readonly at: Date;
  readonly voidedAt: Date | null;
  /** Why it no longer stands. */
  readonly voidedBecause: 'edited' | 'answer_changed' | 'right_recorded' | 'reconsidered' | null;
}

/** The questions whose council rule all three offices lift, each through a person of its own. */
export const liftedQuestions = (live: readonly LiveLift[]): QuestionKey[] => {
  const lifting = live.filter(({ outcome }) => outcome === 'lift');
  return [...new Set(lifting.map(({ question }) => question))].filter((key) => {
    const of = lifting.filter(({ question }) => question === key);
    return (
      seats.every((seat) => of.some(({ office }) => office === seat)) &&
      new Set(of.map(({ personId }) => personId)).size >= seats.length
    );
  });
};

/** Whether the offices may speak on lifting it: it rests on the council’s own rule alone, lifted already or not. */
export const isLiftable = ({ result, kind, lifted }: Finding): boolean =>
  lifted === true || (result === 'blocks' && kind === 'council');
