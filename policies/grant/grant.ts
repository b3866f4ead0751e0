/** A grant as it stands at one moment. */
import type { Category } from '../core/category.js';
import type { Counted } from '../correction/correction.js';
import type { ObservationTypeKey } from '../core/observation-types.js';
import type { Separated } from '../core/separated.js';
import type { DateSpan } from '../core/time/spans.js';
import type { Condition } from './condition.js';
import type { GivenCause } from './end-causes.js';
import type { Appointment, Councillor } from '../register/member.js';
import type { Told } from '../core/time/told.js';
import type { Visit } from '../visit/visit.js';

/** A freeze by an incident; `to` is null while it lasts. */
export interface Freeze {
  readonly from: Date;
  readonly to: Date | null;
  /** When Data Protection confirmed it; null where nobody has. */
  readonly confirmedAt: Date | null;
  /** When the incident was closed; null while it is open. */
  readonly closedAt: Date | null;
  /** How the councillor was heard on the incident; null where nobody told them what is alleged. */
  readonly hearing: Told | null;
}

/** Since when a freeze waits to be confirmed or released; null where none does. */
export const waitsSince = ({ lasting }: Pick<Grant, 'lasting'>): Date | null =>
  lasting.find(({ confirmedAt }) => confirmedAt === null)?.from ?? null;

/** A limit that was over once, and so for good: which, and since when. */
export interface Lapse {
  readonly at: Date;
  readonly limit: 'window' | 'three_months' | 'term' | 'appointment' | 'training' | 'journey';
  readonly explanation: string;
}

/** A grant: facts only. access.ts works out each time whether it may be used. */
export interface Grant extends Separated {
  readonly kind: 'Grant';
  readonly id: string;
  readonly reference: string;
  readonly councillorName: string;
  readonly hostName: string | null;
  readonly actedBy: string[];
  readonly observationType: ObservationTypeKey;
  readonly window: DateSpan;
  readonly events: number;
  readonly eventsUsed: number;
  readonly categories: readonly Category[];
  readonly conditions: readonly Condition[];
  /** What was corrected of their states, oldest first; by default nothing. */
  readonly corrections?: readonly Counted[];
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedBecause: 'revoked' | 'lapsed' | 'completed' | null;
  /** How the councillor is told that the council has ended it; null while it has not, and where it had no code yet. */
  readonly endCause: GivenCause | null;
  /** The office's own reasons for that end. */
  readonly endReasons: string | null;
  /** The reasons written for the councillor, who reads no others; null where none were. */
  readonly endTold: string | null;
  /** Since when an incident freezes it; null where none does. */
  readonly frozenAt: Date | null;
  /** The freezes that last at that moment. */
  readonly lasting: readonly Freeze[];
  /** All that there have been by then: none of them is ended unheard on the same facts. */
  readonly weighed: readonly Freeze[];
  /** Whether proceedings or adoption have ended the journey that it is a stage of. */
  readonly journeyEnded: boolean;
  /** The first limit that was over at any time since the grant was made: nothing revives a lapsed grant. */
  readonly lapse: Lapse | null;
  /** The appointment relied on, as the register has it now; null where the role needs none. */
  readonly appointment: Appointment | 'gone' | null;
  readonly councillor: Councillor;
  /** The version of the protocol in force. */
  readonly protocolVersion: number;
  /** Its visits, oldest first, as they stand at the same moment. */
  readonly visits: readonly Visit[];
  /** Checks that were left open by the approval in principle: question keys. */
  readonly open: readonly ('agreements' | 'connection' | 'prerequisites')[];
}
