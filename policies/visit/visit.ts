/** A visit: one planned event of a grant. */
import type { ObservationTypeKey } from '../core/observation-types.js';
import type { Separated } from '../core/separated.js';
import type { Answer } from '../need-to-know/answers.js';
import type { Lifted } from '../need-to-know/blocks.js';
import type { Attendance } from './attended.js';

export const visitChecks = ['connection', 'agreements', 'legal_bars'] as const;

export type VisitCheck = (typeof visitChecks)[number];

/** How a visit ended that nobody attended. `withdrawn`: by the family or the child, and nobody keeps a reason. */
export const visitEnds = ['cancelled', 'blocked', 'withdrawn', 'grant_ended', 'not_attended'] as const;

export type VisitEnd = (typeof visitEnds)[number];

/** A visit: one planned event of a grant. Times are `HH:MM` on the London clock. */
export interface Visit extends Separated {
  readonly kind: 'Visit';
  readonly id: string;
  readonly grantId: string;
  readonly reference: string;
  readonly councillorName: string;
  readonly hostName: string | null;
  readonly actedBy: string[];
  readonly observationType: ObservationTypeKey;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  /** Opaque, of the council's own case system. Only the offices of section 5 see it. */
  readonly caseReference: string | null;
  readonly chaperone: string | null;
  /** For a child's journey: when the conference was held, before which none starts. */
  readonly conferenceOn: string | null;
  readonly checks: Readonly<Partial<Record<VisitCheck, Answer>>>;
  /** The blocks that the three offices lifted on the version that was approved; by default none. */
  readonly lifted?: Lifted;
  /** The bars that the host or Children's Services reported since Legal last answered for them. */
  readonly barsReported: readonly string[];
  readonly plannedAt: Date;
  readonly endedAt: Date | null;
  readonly endedBecause: VisitEnd | null;
  readonly attendance: Attendance | null;
}
