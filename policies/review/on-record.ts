/** The records about the reviews of a request: need-to-know.md, section 4. */
import type { Capacity } from '../core/office.js';
import type { Named } from '../core/separated.js';
import type { DirectingBody, DirectionEffect, Hearing, Review } from '../request/reviewed.js';

interface By {
  readonly name: string;
  readonly capacity: Capacity;
  readonly deputyFor: string | null;
}

export interface ReviewOnRecord {
  readonly version: number;
  readonly reasons: string;
  readonly askedAt: Date;
  readonly outcome: Review['outcome'];
  readonly decisionReasons: string | null;
  readonly decidedAt: Date | null;
  /** Null until it is decided. */
  readonly by: By | null;
  /** The request that is decided afresh, where an end was set aside; null otherwise. */
  readonly afresh: string | null;
  /** Why it was asked for late, and why it was accepted all the same; null where it came in time. */
  readonly late: {
    readonly because: string;
    readonly acceptedAt: Date | null;
    readonly acceptReasons: string | null;
  } | null;
}

/** A refusal that was remitted without a review or a direction. */
export interface RemittalOnRecord {
  readonly version: number;
  readonly reasons: string;
  /** Why it was somebody who had signed it; null where it was not. */
  readonly ownBecause: string | null;
  readonly at: Date;
  readonly by: By;
}

export interface NamedOnRecord {
  readonly office: Named['office'];
  readonly name: string;
  readonly namedBy: string;
  readonly authority: string;
  readonly at: Date;
}

export interface DirectionOnRecord {
  /** The version that it was about; 0 on the request that was opened because of it, in place of one that had ended. */
  readonly version: number;
  readonly givenBy: DirectingBody;
  /** The request that was opened because of it, where it was about an end; null otherwise. */
  readonly afresh: string | null;
  readonly body: string;
  readonly date: string;
  readonly minute: string;
  readonly effect: DirectionEffect;
  readonly recordedBy: string;
  readonly at: Date;
}

export interface HearingOnRecord extends Hearing {
  readonly gist: string;
  readonly answer: string | null;
  /** Who told them. */
  readonly by: string;
}

/** Everything on record about a request's reviews, of every version, oldest first. */
export interface ReviewRecord {
  readonly reviews: readonly ReviewOnRecord[];
  readonly named: readonly NamedOnRecord[];
  readonly directions: readonly DirectionOnRecord[];
  readonly remittals: readonly RemittalOnRecord[];
  readonly hearings: readonly HearingOnRecord[];
}
