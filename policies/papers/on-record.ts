/** The records about papers: the rights, the releases and the requests that belong together. */
import type { ObservationTypeKey } from '../core/observation-types.js';
import type { StatutoryRight } from '../request/statutory-right.js';
import type { RequestStatus } from '../request/request.js';

export interface RecordedRight extends Pick<StatutoryRight, 'right' | 'due'> {
  readonly version: number;
  readonly recordedAt: Date;
}

export interface Release {
  readonly id: string;
  readonly version: number;
  readonly category: string;
  readonly releasedAt: Date;
  readonly returnedAt: Date | null;
  /** Whether something allowed it while the papers were out, as far as that is known. */
  readonly authorised: boolean;
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
