/**
 * A statutory right to papers, as Legal recorded it and another person confirmed it. Source: need-to-know.md, section 3a.
 */

import type { Office } from '../core/office.js';

/** The rights that a councillor may have, and claim. */
export const claimableRights = ['s100F', 'reg16', 'reg17'] as const;
export type ClaimableRight = (typeof claimableRights)[number];

export const statutoryRights = ['none', ...claimableRights] as const;
export type RecordableRight = (typeof statutoryRights)[number];

/** What a right hangs on: a meeting, a decision, or a review in a work programme. */
export const citedKinds = ['meeting', 'decision', 'review'] as const;

export interface Cites {
  readonly kind: (typeof citedKinds)[number];
  readonly body: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Whether the meeting is a private one of the executive. */
  readonly private?: boolean | undefined;
  /** The item of the work programme, or the minute, by which the action or decision is under scrutiny. */
  readonly scrutiny?: string | undefined;
}

/**
 * What the proper officer, or the executive's delegate, found about one kind of papers. The first three let it be
 * released; the others withhold it.
 */
export const releasingFindings = ['not_exempt', 'paragraph_3', 'paragraph_6'] as const;
export const withholdingFindings = ['exempt', 'confidential', 'political_advice', 'outside_right'] as const;
export const rightFindings = [...releasingFindings, ...withholdingFindings] as const;
export type RightFinding = (typeof rightFindings)[number];

/** One finding, with its reasons. */
export interface FoundOfPapers {
  /** The papers as the request names them, or a coded category. */
  readonly category: string;
  readonly finding: RightFinding;
  readonly reasons: string;
}

export interface StatutoryRight {
  readonly right: RecordableRight;
  /** The day by which the papers are due; null if there is no right. */
  readonly due: string | null;
  /** Whether every paper asked for was released under it, so that nothing is due any more. */
  readonly allReleased?: boolean;
  /** Whether it counts: it is confirmed, or nobody claimed a right and there is none. */
  readonly counts: boolean;
  /** Whether it has its reasons, its document and its citation; one from before these were asked for has none. */
  readonly reasoned: boolean;
  /** The right that the councillor claimed; null where they claimed none. */
  readonly claimed: ClaimableRight | null;
  readonly cites: Cites | null;
  /** Who recorded it: somebody else confirms it. */
  readonly recordedBy: string;
}

/**
 * The offices that confirm a right, or that a claimed one does not exist: the proper officer, or for regulation 17 the
 * delegate of the executive.
 */
export const confirmersOf = ({
  right,
  claimed,
}: {
  readonly right: RecordableRight;
  readonly claimed: ClaimableRight | null;
}): readonly Office[] =>
  (right === 'none' ? claimed : right) === 'reg17'
    ? ['democratic_services', 'childrens_services']
    : ['democratic_services'];
