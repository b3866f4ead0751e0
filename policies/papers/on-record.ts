/** The records about papers: the rights, the releases and the requests that belong together. */
import type { ObservationTypeKey } from '../core/observation-types.js';
import type { FoundOfPapers, StatutoryRight } from '../request/statutory-right.js';
import type { RequestStatus } from '../request/request.js';

/** A right as it was recorded, with who confirmed it and what a review made of it. */
export interface RecordedRight extends Pick<
  StatutoryRight,
  'right' | 'due' | 'counts' | 'claimed' | 'cites' | 'recordedBy'
> {
  readonly id: number;
  readonly version: number;
  readonly recordedAt: Date;
  /** The name of who recorded it. */
  readonly by: string;
  readonly reasons: string | null;
  readonly document: string | null;
  readonly confirmed: {
    readonly at: Date;
    readonly personId: string;
    readonly by: string;
    readonly office: 'democratic_services' | 'childrens_services';
    readonly delegation: string | null;
  } | null;
  readonly findings: readonly FoundOfPapers[];
  /** The papers asked for that it releases; null where the request names none, or nobody confirmed it. */
  readonly covers: readonly string[] | null;
  readonly review: {
    readonly askedAt: Date;
    readonly reasons: string;
    readonly decidedAt: Date | null;
    readonly by: string | null;
    readonly outcome: 'upheld' | 'remitted' | null;
    readonly decisionReasons: string | null;
  } | null;
}

export interface Release {
  readonly id: string;
  readonly version: number;
  readonly category: string;
  readonly releasedAt: Date;
  readonly returnedAt: Date | null;
  /** Whether something allowed it while the papers were out, as far as that is known. */
  readonly authorised: boolean;
  /** Whether it is a copy that stays with the councillor, so that nothing comes back. */
  readonly copy: boolean;
}

export interface Linked {
  readonly reference: string;
  readonly observationType: ObservationTypeKey | null;
  readonly status: RequestStatus;
}

/** The papers of one request: the drafts that it opened or came from, the rights, the releases. */
export interface PapersRecord {
  readonly linked: readonly Linked[];
  readonly rights: readonly RecordedRight[];
  readonly releases: readonly Release[];
}
