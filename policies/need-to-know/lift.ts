/**
 * Lifting a council rule: a block that rests on the council’s own rule alone is lifted for one version when all three
 * offices have given exceptional reasons, each through a person of its own. A block of law, and a need that is not
 * established, are never lifted. What an office says counts for the blocks that it was said of, and for no other under the
 * same question: one that comes later asks anew.
 * Source: need-to-know.md, first paragraph and section 4; British Oxygen v Minister of Technology [1971] AC 610 (a
 * council may not fetter its discretion).
 */
import { seats, type Capacity, type Seat } from '../core/office.js';
import type { Block, Lifted } from './blocks.js';
import type { QuestionKey } from './questions.js';
import type { Finding } from './test.js';

export const liftOutcomes = ['lift', 'decline'] as const;
export type LiftOutcome = (typeof liftOutcomes)[number];

/** What the rules ask of an office’s word on a block that stands (is not voided). */
export interface LiveLift {
  readonly question: QuestionKey;
  /** The blocks that it was said of. */
  readonly blocks: readonly Block[];
  readonly office: Seat;
  readonly personId: string;
  readonly outcome: LiftOutcome;
}
export const liveLiftNames = ['question', 'blocks', 'office', 'personId', 'outcome'] as const;

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

const isLiftedByAll = (lifting: readonly LiveLift[], block: Block): boolean => {
  const of = lifting.filter(({ blocks }) => blocks.includes(block));
  return (
    seats.every((seat) => of.some(({ office }) => office === seat)) &&
    new Set(of.map(({ personId }) => personId)).size >= seats.length
  );
};

/** The blocks that all three offices lift, each through a person of its own, by their question. */
export const liftedBlocks = (live: readonly LiveLift[]): Lifted => {
  const lifting = live.filter(({ outcome }) => outcome === 'lift');
  const byQuestion = [...new Set(lifting.map(({ question }) => question))].flatMap((key) => {
    const of = lifting.filter(({ question }) => question === key);
    const all = [...new Set(of.flatMap(({ blocks }) => blocks))];
    const lifted = all.filter((block) => isLiftedByAll(of, block));
    return lifted.length > 0 ? [[key, lifted] as const] : [];
  });
  return Object.fromEntries(byQuestion);
};

/** Whether the offices may speak on lifting it: it rests on the council’s own rules alone, lifted already or not. */
export const isLiftable = ({ result, kind, councilRules = [] }: Finding): boolean =>
  councilRules.length > 0 && (result !== 'blocks' || kind === 'council');

/** The blocks under a question that the offices may speak on; none where a block of law stands there too. */
export const liftableBlocks = (finding: Finding): readonly Block[] =>
  isLiftable(finding) ? (finding.councilRules ?? []).map(({ block }) => block) : [];
